/** Loads what only an answer needs, once; a load that failed is tried again by the next call. */

type Answering = Pick<typeof import('./answering.ts'), 'prepareSession' | 'runAnswer' | 'sender'>;

let loading: Promise<Answering> | undefined;

export function loadAnswering(): Promise<Answering> {
  loading ??= import('./answering.ts').then(
    // Each by its name: a build keeps what nobody asks for where a module is passed on whole.
    ({ prepareSession, runAnswer, sender }) => ({ prepareSession, runAnswer, sender }),
    error => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}
