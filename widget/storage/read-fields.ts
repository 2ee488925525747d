/** Reads values that may be anything: what fits comes out in fresh objects, the rest does not come out. */

export type Reader<T> = (value: unknown) => T | undefined;

/** A reader for each field: one that is forgotten here does not compile. */
export type Readers<T> = { readonly [Name in keyof T]-?: Reader<T[Name]> };

export function readFields<T extends object>(value: unknown, readers: Readers<T>): Partial<T> {
  const fields: Partial<T> = {};
  // Not `in`: a page may have given all objects more.
  for (const name of Object.keys(readers) as Array<keyof T & string>) {
    const field = readers[name](own(value, name));
    if (field !== undefined) fields[name] = field;
  }
  return fields;
}

/** A field of the value itself, never one of its prototype. */
export function own(value: unknown, name: string): unknown {
  const isObject = typeof value === 'object' && value !== null;
  return isObject && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A count or a time. */
export function count(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value < Infinity ? value : undefined;
}

export function flag(value: unknown): true | undefined {
  return value === true || undefined;
}

export function oneOf<Word extends string>(...words: Word[]): Reader<Word> {
  return value => words.find(word => word === value);
}
