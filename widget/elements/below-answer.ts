/** What stands below an answer: one chunk, loaded with the first words. */

import './answer-actions.ts';
import './note.ts';
