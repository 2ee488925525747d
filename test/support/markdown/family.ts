/** Ways to make a hostile text of any length. */

export interface Family {
  readonly name: string;
  /** A text of about this many characters. */
  readonly make: (length: number) => string;
}

/** The same piece over and over, after a beginning and before an end. */
export function repeated(name: string, piece: string, { before = '', after = '' } = {}): Family {
  return { name, make: length => before + piece.repeat(Math.ceil(length / piece.length)) + after };
}

/** Some of one thing, then as many of another. */
export function halves(name: string, first: string, second: string, middle = ''): Family {
  return {
    name,
    make: length =>
      first.repeat(length / 2 / first.length) + middle + second.repeat(length / 2 / second.length),
  };
}

/** Pieces that differ from each other by their number. */
export function numbered(
  name: string,
  piece: (index: number) => string,
  { before = '', after = '' } = {},
): Family {
  return {
    name,
    make: length => {
      let text = before;
      for (let index = 0; text.length < length; index += 1) text += piece(index);
      return text + after;
    },
  };
}
