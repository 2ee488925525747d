/** Puts a failed answer into words. */

import type { AssistantMessage } from '../conversation/message.ts';
import type { Words } from './en.ts';

export function failureText({ failure, content }: AssistantMessage, words: Words): string {
  const what = words.failures[failure?.code ?? 'internal_error'];
  return content ? `${what} ${words.kept}` : what;
}
