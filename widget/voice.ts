/** Speaking and hearing, with what the browser has for it: one chunk, loaded where the page wants it. */

import './elements/dictation.ts';
import './elements/reading.ts';
