/** All that only an answer needs: one chunk, loaded while the visitor types. */

import './elements/transcript.ts';

export { requestAnswer } from './client/request-answer.ts';
export { createRenderer } from './markdown/renderer.ts';
