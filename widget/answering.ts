/** All that only an answer needs: one chunk, loaded while the visitor types. */

import './elements/transcript.ts';

export { prepareSession, sender } from './client/send.ts';
export { runAnswer } from './controllers/run.ts';
