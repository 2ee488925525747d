/** What an answer has besides its text, and its thinking where that stands in it: loaded for the first that has such. */

export { takeExtra } from './controllers/extra.ts';
export { splitThinking } from './controllers/split-thinking.ts';
