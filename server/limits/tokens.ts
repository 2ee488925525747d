/** Tokens as far as they can be known without the model's own tokenizer, which differs from model to model. */

import { imagesOf, textsOf } from '../upstream/content.ts';
import type { CompletionRequest } from '../upstream/request.ts';

/** Of a character, where most tokenizers put about four letters of English into a token. */
const ASCII = 1 / 4;
/** Cyrillic, Greek, Arabic, Hebrew, Thai, accented letters: about two characters a token. */
const ALPHABET = 1 / 2;
/** From here on Chinese, Japanese, Korean and emoji: a token for each, which errs on the high side for newer models. */
const [FIRST_ALPHABET, FIRST_IDEOGRAPH] = [0x80, 0x2e80];
/** What says whose a message is (as OpenAI's own guide counts it). */
const OF_MESSAGE = 4;
/** The most that Claude counts for one; OpenAI's and Qwen's models count less for what is not asked for in more detail. */
const OF_IMAGE = 1_600;

export function estimateTokens(text: string): number {
  let tokens = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    tokens += code < FIRST_ALPHABET ? ASCII : code < FIRST_IDEOGRAPH ? ALPHABET : 1;
  }
  return Math.ceil(tokens);
}

export function promptTokens(
  { messages, tools }: Pick<CompletionRequest, 'messages' | 'tools'>,
  systemPrompt = '',
): number {
  const asked = messages.reduce((sum, message) => sum + OF_MESSAGE + messageTokens(message), 0);
  const offered = tools?.length ? estimateTokens(JSON.stringify(tools)) : 0;
  return asked + offered + (systemPrompt ? OF_MESSAGE + estimateTokens(systemPrompt) : 0);
}

function messageTokens(message: CompletionRequest['messages'][number]): number {
  const { content } = message;
  const texts = textsOf(content);
  if ('reasoning_content' in message && message.reasoning_content) texts.push(message.reasoning_content);
  if ('tool_calls' in message && message.tool_calls) texts.push(JSON.stringify(message.tool_calls));
  const images = imagesOf(content).length * OF_IMAGE;
  return texts.reduce((sum, text) => sum + estimateTokens(text), images);
}
