/** The words around whatever stands before the chat, in English. */

export const enSheet = {
  back: 'Back',
  loading: 'Loading…',
  unloaded: 'The connection was lost.',
  retry: 'Retry',
};
