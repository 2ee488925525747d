/** Bytes of a value as UTF-8 JSON. Apart, as a question is measured before it is sent. */

export function jsonBytes(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}
