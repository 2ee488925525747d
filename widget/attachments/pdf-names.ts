/**
 * Names of the page that PDF.js takes for itself, and reads again when it opens a file. They are given back: the page may
 * have a PDF.js of its own, of another version. To be imported before it.
 */

const NAMES = ['pdfjsLib', 'pdfjsWorker', '_pdfjsTestingUtils'];

type Taken = ReadonlyArray<PropertyDescriptor | undefined>;

function taken(): Taken {
  return NAMES.map(name => Object.getOwnPropertyDescriptor(globalThis, name));
}

function put(values: Taken): void {
  NAMES.forEach((name, index) => {
    const value = values[index];
    if (value) Object.defineProperty(globalThis, name, value);
    else Reflect.deleteProperty(globalThis, name);
  });
}

const pages = taken();
let own: Taken = [];

/** To be called as soon as PDF.js is there. */
export function giveBack(): void {
  own = taken();
  put(pages);
}

/** Has PDF.js do something while it has its names. */
export function withNames<T>(act: () => T): T {
  const before = taken();
  put(own);
  try {
    return act();
  } finally {
    put(before);
  }
}
