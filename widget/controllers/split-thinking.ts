/**
 * Takes the thinking out of an answer's text on its way to the conversation. What an event says goes on only as a whole,
 * with its number: whoever resumes the answer asks for the events after that, and comes to the same.
 */

import { type Delta, joined } from '../client/delta.ts';
import { LEFT } from '../client/left.ts';
import { CLOSER, loneCloser, type Split, ThinkTags } from '../client/think-tags.ts';
import type { ConversationEvent } from '../conversation/conversation.ts';
import type { AssistantMessage } from '../conversation/message.ts';
import type { DeltaBatch } from './delta-batch.ts';
import type { Run, TextSink } from './run.ts';

/** From now on; what came before is looked up in the conversation. */
export function splitThinking(
  run: Run,
  batch: DeltaBatch,
  tell: (event: ConversationEvent) => void,
): TextSink {
  return new ThinkingSink(run, batch, tell);
}

class ThinkingSink implements TextSink {
  readonly #run: Run;
  readonly #batch: DeltaBatch;
  readonly #tell: (event: ConversationEvent) => void;
  /** What the answer had before it was asked for in this run. */
  readonly #before: Split;
  readonly #tags: ThinkTags;
  #held: Delta | undefined;
  /** The last of the answer's text. */
  #end = '';

  constructor(run: Run, batch: DeltaBatch, tell: (event: ConversationEvent) => void) {
    this.#run = run;
    this.#batch = batch;
    this.#tell = tell;
    const { content, reasoning, stream } = run.answer;
    // Of an answer that goes on where another tab left it, all may be one text.
    this.#before = stream?.last ? { content: '', reasoning: '' } : { content, reasoning };
    const now = this.#now();
    this.#tags = new ThinkTags({
      tag: stream?.tag ?? '',
      reasoning: now.reasoning,
      isBlank: now.content.trim() === '',
    });
  }

  add(delta: Delta): void {
    const { content = '', reasoning = '' } = delta;
    const split = this.#tags.feed(content);
    this.#hold({
      ...delta,
      content: split.content,
      reasoning: reasoning + split.reasoning,
      tag: this.#tags.tag,
    });
    if (!this.#tags.holds) this.#release();
    const end = this.#end + split.content;
    this.#end = end.slice(-CLOSER.length);
    if (end.includes(CLOSER)) this.#change(this.#closed());
  }

  flush(isEnd = false): void {
    const { signal } = this.#run;
    // Whoever goes on with it gets again what is held back.
    if (isEnd || (signal.aborted && signal.reason !== LEFT)) this.#finish();
    this.#batch.flush();
  }

  #finish(): void {
    this.#hold(this.#tags.end());
    this.#release();
    this.#change(this.#tags.reconsidered());
  }

  /** The whole is another one, if it was written without the tag that opens its thinking. */
  #closed(): Split | undefined {
    const { content, reasoning } = this.#now();
    return reasoning.trim() === '' ? loneCloser(content) : undefined;
  }

  #change(split: Split | undefined): void {
    if (!split) return;
    this.#batch.flush();
    const content = this.#before.content + split.content;
    const reasoning = this.#before.reasoning + split.reasoning;
    const answerId = this.#run.answer.id;
    this.#tell({ type: 'annotated', answerId, annotations: { content, reasoning } });
  }

  #hold(delta: Delta): void {
    this.#held = joined(this.#held ?? {}, delta);
  }

  #release(): void {
    if (this.#held) this.#batch.add(this.#held);
    this.#held = undefined;
  }

  /** What there is of this run by now. */
  #now(): Split {
    this.#batch.flush();
    const { answer, conversation } = this.#run;
    const now = conversation().messages.find(({ id }) => id === answer.id) as AssistantMessage | undefined;
    const { content = '', reasoning = '' } = now ?? {};
    return {
      content: content.slice(this.#before.content.length),
      reasoning: reasoning.slice(this.#before.reasoning.length),
    };
  }
}
