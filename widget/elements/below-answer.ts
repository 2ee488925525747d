/** What stands around turns and above the composer: one chunk, loaded with an answer's first words. */

import './answer-actions.ts';
import './attached.ts';
import './calls.ts';
import './dock.ts';
import './note.ts';
import './omitted.ts';
import './question-actions.ts';
import './selected-in-answer.ts';
import './sources.ts';
import './stats.ts';
import './thinking.ts';
import './to-bottom.ts';

// With what asks for it, as the network may have gone by then.
export { performLater } from '../controllers/later-commands.ts';
