/**
 * The browser's recognition of speech (https://webaudio.github.io/web-speech-api/), of which TypeScript knows nothing and
 * which Chromium and Safari have under a name of their own.
 */

export interface Recognition extends EventTarget {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  start(): void;
  stop(): void;
  abort(): void;
}

export interface RecognitionEvent extends Event {
  /** The first of the results that has changed. */
  readonly resultIndex: number;
  readonly results: ArrayLike<{ readonly isFinal: boolean; readonly 0: { readonly transcript: string } }>;
}

export type RecognitionError =
  | 'aborted'
  | 'audio-capture'
  | 'language-not-supported'
  | 'network'
  | 'no-speech'
  | 'not-allowed'
  | 'service-not-allowed';

export interface RecognitionErrorEvent extends Event {
  readonly error: RecognitionError;
}

interface Speaking {
  SpeechRecognition?: new () => Recognition;
  webkitSpeechRecognition?: new () => Recognition;
}

/** Undefined where the browser has none. */
export function recognitionClass(): (new () => Recognition) | undefined {
  const { SpeechRecognition, webkitSpeechRecognition } = globalThis as Speaking;
  return SpeechRecognition ?? webkitSpeechRecognition;
}
