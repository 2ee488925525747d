/** Loads what only an answer needs, once; a load that failed is tried again by the next call. */

type RunAnswer = typeof import('./answering.ts')['runAnswer'];

let loading: Promise<RunAnswer> | undefined;

export function loadAnswering(): Promise<RunAnswer> {
  loading ??= import('./answering.ts').then(
    ({ runAnswer }) => runAnswer,
    error => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}
