/** Loads what only an answer needs, once; a load that failed is tried again by the next call. */

export type Answering = typeof import('./answering.ts');

let loading: Promise<Answering> | undefined;

export function loadAnswering(): Promise<Answering> {
  loading ??= import('./answering.ts').catch(error => {
    loading = undefined;
    throw error;
  });
  return loading;
}
