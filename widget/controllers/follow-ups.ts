/** After an answer, questions that could come next: of the page's own function, or of a model where the server's owner wants that. */

import type { ReactiveController } from 'lit';
import { fetchFollowUps } from '../client/follow-ups.ts';
import { isLive } from '../conversation/conversation.ts';
import type { AssistantMessage, Message } from '../conversation/message.ts';
import { chatOf } from '../elements/chat-of.ts';
import type { RivuletDock } from '../elements/dock.ts';
import { loadAnswering } from '../load-answering.ts';
import type { ChatParts } from '../sheets/sheet.ts';

/** What was said last. */
export interface LastTurn {
  question: string;
  answer: string;
}

/** A page's own: what it gives stands under the answer, and asks itself when it is clicked. */
export type FollowUps = (turn: LastTurn) => readonly string[] | Promise<readonly string[]>;

export class FollowUpsController implements ReactiveController {
  readonly #dock: RivuletDock;
  /** The answer in the making. What had ended before is not asked about. */
  #live: string | undefined;
  #isNew = true;

  constructor(dock: RivuletDock) {
    this.#dock = dock;
  }

  hostUpdated(): void {
    const last = this.#dock.conversation.messages.at(-1);
    // An answer may be quicker than this code, which is loaded for it.
    const wasLive = this.#isNew ? isOfThisPage(last) : this.#live === last?.id;
    this.#isNew = false;
    this.#live = isLive(last) ? last?.id : undefined;
    const chat = chatOf(this.#dock);
    // One tab asks, for all of them.
    if (!chat || !wasLive || this.#live || chat.turn.companion?.leads === false) return;
    if (last?.role === 'assistant' && last.status === 'complete' && last.finishReason !== 'length')
      void this.#ask(chat, last);
  }

  async #ask(chat: ChatParts, answer: AssistantMessage): Promise<void> {
    if (!isWaitedFor(chat, answer)) return;
    const questions = await questionsAfter(chat, answer).catch((error: unknown) => {
      // Of the page's function, its developers hear why; nobody else misses them.
      console.error(error);
      return [];
    });
    const followUps = questions.filter(question => typeof question === 'string' && question.trim() !== '');
    if (followUps.length > 0 && isWaitedFor(chat, answer))
      chat.turn.apply({ type: 'annotated', answerId: answer.id, annotations: { followUps } });
  }
}

/** Asked for here, or gone on with. */
function isOfThisPage(message: Message | undefined): boolean {
  return message?.role === 'assistant' && (message.sentAt ?? 0) > performance.timeOrigin;
}

/** It is what was said last, and nobody writes what comes next. */
function isWaitedFor({ host, turn }: ChatParts, answer: AssistantMessage): boolean {
  const composer = host.renderRoot.querySelector('rivulet-composer');
  return turn.conversation.messages.at(-1)?.id === answer.id && !turn.busy && !composer?.draft.trim();
}

async function questionsAfter(
  { host, turn, owner }: ChatParts,
  answer: AssistantMessage,
): Promise<readonly string[]> {
  const { messages } = turn.conversation;
  const index = messages.findIndex(({ id }) => id === answer.id);
  if (host.followUps)
    return host.followUps({ question: messages[index - 1]?.content ?? '', answer: answer.content });
  if (owner.settings.all?.followUps !== true) return [];
  const { sender } = await loadAnswering();
  const { visit, chosen } = turn;
  return fetchFollowUps({
    endpoint: visit.endpoint,
    model: answer.asks ?? chosen?.id ?? visit.model,
    messages: messages
      .slice(Math.max(0, index - 1), index + 1)
      .map(({ role, content }) => ({ role, content })),
    send: sender(visit),
  });
}
