/** All that only an answer needs: one chunk, loaded while the visitor types. */

import './elements/transcript.ts';

export { prepareSession } from './client/send.ts';
export { runAnswer } from './controllers/run.ts';
