/** What a model is told where that is not just all that was said: attachments, calls of functions, a choice from what is too long. */

import type { ChatMessage } from '../../server/protocol.ts';
import { requestBody } from '../client/request-body.ts';
import { withAttachments } from '../conversation/attachment.ts';
import { type Context, fitContext } from '../conversation/context.ts';
import { jsonBytes } from '../conversation/json-bytes.ts';
import type { Failure } from '../conversation/message.ts';
import { said } from '../conversation/said.ts';
import { prepared, receive } from './hooks.ts';
import { fits, modelOf, type Run, type Tell } from './run.ts';

/** Asks the model to go on with an answer that was cut. Sent after it, never shown. */
const CONTINUATION: ChatMessage = {
  role: 'user',
  content: 'Continue exactly where you stopped. Do not repeat anything.',
};

export async function contextOf(run: Run, tell: Tell): Promise<Context | Failure> {
  run.receive = end => receive(run, tell, end);
  const context = await toldContext(run, tell);
  return typeof context === 'string' ? { code: context } : prepared(run, context, modelOf(run));
}

async function toldContext(run: Run, tell: Tell): Promise<Context | Failure['code']> {
  const { limits, host, thinking } = run;
  const model = modelOf(run);
  if (run.answer.rounds) await (await import('../tools/rounds.ts')).askAgain(run, tell);
  // Nobody hears it any more, and nothing may be told.
  if (run.signal.aborted) return 'stopped';
  const { answer } = run;
  const { messages, leftOut } = withAttachments(run.messages.with(-1, answer), run.all, model);
  const told =
    host.tools || answer.rounds
      ? (await import('../tools/offer.ts')).offer(run, messages, tell, said)
      : said(messages, thinking);
  if (typeof told === 'string') return told;
  const { fields, closing = [] } = run;
  if (answer.continues) closing.push(CONTINUATION);
  const all = [...told, ...closing];
  if (fits(all, run)) return { messages: all, omitted: leftOut };
  const envelope = jsonBytes(requestBody(model, [], fields)) - jsonBytes([]);
  const context = fitContext(told, { ...limits, bodyBytes: limits.bodyBytes - envelope }, closing);
  return typeof context === 'string' ? context : { ...context, omitted: context.omitted + leftOut };
}
