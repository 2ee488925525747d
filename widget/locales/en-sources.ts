/** The words around the sources of an answer, in English. */

export const enSources = {
  /** The accessible name of the list. */
  sources: 'Sources',
  more: (count: number) => `${count} more`,
};
