/** The words in the text of answers that only the full syntax makes. */

export const enExtras = {
  copyTable: 'Copy table',
  /** The accessible name of a table's scroller. */
  table: 'Table',
  /** Before the host of an image that loads on a click. */
  loadImage: 'Load image from',
  footnotes: 'Footnotes',
  footnote: 'Footnote',
};
