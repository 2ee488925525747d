/** The words of speaking and hearing, in English. */

import type { RecognitionError } from '../speech/recognition.ts';

export const enVoice = {
  dictate: 'Dictate',
  listening: 'Listening.',
  troubles: {
    'audio-capture': 'There is no microphone.',
    'language-not-supported': 'This browser cannot hear this language.',
    network: 'The connection to the browser’s speech recognition was lost.',
    'no-speech': 'Nothing was heard.',
    'not-allowed': 'The microphone is not allowed on this page.',
    'service-not-allowed': 'This browser does not allow its speech recognition here.',
  } satisfies Record<Exclude<RecognitionError, 'aborted'>, string>,
  read: 'Read aloud',
  stopReading: 'Stop reading',
  unread: 'This could not be read aloud.',
};
