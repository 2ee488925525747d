/** A plain value as JSON, without the fields of some names. */

/**
 * Old libraries gave all arrays and texts of a page a `toJSON` of their own, by which they would be something else here:
 * so each value is taken as it is in its object.
 */
export function toJson(value: unknown, without: readonly string[] = []): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, name) {
    return without.includes(name) ? undefined : this[name];
  });
}
