/** What an event adds to an answer, or several that followed one another. */

export interface Delta {
  content?: string;
  reasoning?: string;
  model?: string;
  /** Of the last event in it. */
  number?: number | null;
  /** See `stream` of a message. */
  tag?: string;
}

export function joined(before: Delta, after: Delta): Delta {
  return {
    ...before,
    ...after,
    content: (before.content ?? '') + (after.content ?? ''),
    reasoning: (before.reasoning ?? '') + (after.reasoning ?? ''),
  };
}

/** In characters. */
export function lengthOf({ content = '', reasoning = '' }: Delta): number {
  return content.length + reasoning.length;
}
