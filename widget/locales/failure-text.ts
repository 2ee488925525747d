/** Puts a failed answer into words. */

import type { AssistantMessage } from '../conversation/message.ts';
import type { AnswerWords } from './en-answer.ts';

export function failureText({ failure, content }: AssistantMessage, words: AnswerWords): string {
  const what = words.failures[failure?.code ?? 'internal_error'];
  return content ? `${what} ${words.kept}` : what;
}
