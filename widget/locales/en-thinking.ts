/** What is said of a model's thinking, in English. Times are in seconds. */

export const enThinking = {
  thinking: (seconds: number) => `Thinking… ${seconds} s`,
  thought: (seconds: number) => `Thought for ${seconds} s`,
  /** It is not known for how long. */
  untimed: 'Thought',
  /** The accessible name of where it is read. */
  thoughts: 'What the model thought',
  /** Said after an answer that is nothing but thinking. */
  onlyThought: 'The model thought, and said nothing after it.',
  again: 'Answer again',
};
