/** A text that grows, sentence by sentence. Pure. */

export interface Sentence {
  text: string;
  /** Where the next one begins. */
  end: number;
}

/**
 * The sentences of a text from a place on.
 * @param isWhole nothing more comes; otherwise the last sentence may go on, and is left out
 */
export function sentencesFrom(text: string, from: number, isWhole: boolean, language: string): Sentence[] {
  const segments = new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text.slice(from));
  const sentences = [...segments].map(({ segment, index }) => ({
    text: segment,
    end: from + index + segment.length,
  }));
  return isWhole ? sentences : sentences.slice(0, -1);
}
