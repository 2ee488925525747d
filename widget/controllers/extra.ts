/** What an answer has besides its text, told as events of its conversation. Loaded for the first that has such. */

import { annotationsOf } from '../client/annotations.ts';
import { hasCalls } from '../client/call-pieces.ts';
import type { ExtraEvent, Run, Tell } from './run.ts';

/** Never rejects: what cannot be loaded is not taken. */
export async function takeExtra(event: ExtraEvent, run: Run, tell: Tell): Promise<void> {
  annotate(event, run, tell);
  if (!hasCalls(event.json)) return;
  const tools = await import('../tools/rounds.ts').catch(() => undefined);
  if (!run.signal.aborted) tools?.takeCalls(event, run, tell);
}

function annotate({ json }: ExtraEvent, run: Run, tell: Tell): void {
  const answerId = run.answer.id;
  const message = run.conversation().messages.find(({ id }) => id === answerId);
  const annotations = annotationsOf(json, message?.role === 'assistant' ? message : {});
  if (annotations) tell({ type: 'annotated', answerId, annotations });
}
