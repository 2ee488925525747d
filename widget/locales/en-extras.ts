/** The words in the text of answers that only the full syntax makes. */

export const enExtras = {
  copyTable: 'Copy table',
  /** The accessible name of a table's scroller. */
  table: 'Table',
  /** On an image that loads on a click. */
  loadImage: (host: string) => `Load image from ${host}`,
  footnotes: 'Footnotes',
  footnote: (number: number) => `Footnote ${number}`,
};
