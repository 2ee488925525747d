/** What is to be said under an answer that is not simply complete, and what helps. Pure. */

import type { AssistantMessage, Failure } from '../conversation/message.ts';
import { failureText, type NoteWords } from '../locales/en-note.ts';

/** Also the names of the wishes for it. */
export type Remedy = 'retry' | 'continue' | 'new_chat';

export interface Note {
  text: string;
  /** What helps best comes last, where the thumb is. */
  remedies: readonly Remedy[];
  /** Something failed, rather than was stopped or cut. */
  alarm: boolean;
  /** When they make sense, as a time of `Date.now()`. */
  from?: number;
}

export function noteOf(answer: AssistantMessage, words: NoteWords): Note | undefined {
  const again = answer.content ? 'continue' : 'retry';
  switch (answer.status) {
    case 'waiting':
    case 'pending':
    case 'streaming':
      return undefined;
    case 'complete':
      if (answer.finishReason === 'length')
        return { text: words.cut, remedies: answer.content ? ['continue'] : [], alarm: false };
      if (answer.finishReason === 'content_filter')
        return { text: words.filtered, remedies: [], alarm: false };
      return undefined;
    case 'stopped':
      return { text: words.stopped, remedies: [again], alarm: false };
    case 'failed': {
      const { code, retryAt } = answer.failure ?? { code: 'internal_error' };
      if (code === 'stopped') return { text: words.stopped, remedies: [again], alarm: false };
      return {
        text: failureText(answer, words),
        // The model may go on from what is here, or begin anew: only who reads can tell what is worth more.
        remedies: code === 'forgotten' && answer.content ? ['retry', 'continue'] : [remedyFor(code, again)],
        alarm: true,
        ...(retryAt !== undefined && { from: retryAt }),
      };
    }
    default:
      return answer.status satisfies never;
  }
}

/** What may have passed when it is tried again. */
type Passing =
  | 'empty_answer'
  | 'too_many_streams'
  | 'rate_limited'
  | 'budget_exhausted'
  | 'upstream_rate_limited'
  | 'internal_error'
  | 'upstream_error'
  | 'overloaded'
  | 'paused'
  | 'upstream_timeout'
  | 'interrupted'
  | 'abandoned'
  | 'stopped'
  | 'offline'
  | 'disconnected'
  | 'forgotten'
  | 'bad_answer'
  | 'refused';

function remedyFor(code: Failure['code'], again: 'retry' | 'continue'): Remedy {
  switch (code) {
    case 'length_exceeded':
    case 'payload_too_large':
      return 'new_chat';
    // Nothing that a visitor does helps, but the site's owner may be mending it.
    case 'model_not_allowed':
    case 'unauthorized':
    case 'origin_not_allowed':
    case 'not_found':
    case 'invalid_request':
    case 'upstream_unauthorized':
      return 'retry';
    default:
      code satisfies Passing;
      return again;
  }
}
