/** What stands around turns and above the composer: one chunk, loaded with an answer's first words. */

// What these ask for is done also when the network has gone.
import '../controllers/rearranging.ts';
import './answer-actions.ts';
import './dock.ts';
import './note.ts';
import './question-actions.ts';
