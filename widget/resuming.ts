/** What an answer needs when its connection breaks: one chunk, loaded when the answer has begun. */

import type { Resuming } from './client/answer-events.ts';
import { resumeAnswer } from './client/resume-answer.ts';
import { stopAnswer } from './client/stop-answer.ts';
import { watch } from './client/watch.ts';
import { attention } from './controllers/attention.ts';

export const resuming: Resuming = {
  watch: (connection, signal) => watch(connection, signal, attention),
  resume: course => resumeAnswer(course, attention),
  stop: (url, send) => stopAnswer(url, send, attention),
};
