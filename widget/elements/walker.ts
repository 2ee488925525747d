/** “2 / 3”: the versions of a question or of an answer, and the way from one to the next. */

import { html, type LitElement, nothing, type ReactiveController } from 'lit';
import { alternatives } from '../conversation/branches.ts';
import { enTurnActions } from '../locales/en-turn-actions.ts';
import { wordsOf } from '../locales/words-of.ts';
import { act } from './act.ts';
import { actionIcons } from './action-icons.ts';
import { iconButton } from './icon-button.ts';
import type { RivuletTranscript } from './transcript.ts';

/** @param from an element in a transcript */
export function walker(from: LitElement, id: string) {
  const transcript = transcriptOf(from);
  const versions = transcript ? alternatives(transcript, id) : [];
  if (versions.length < 2) return nothing;
  const at = versions.indexOf(id);
  const words = wordsOf(from, 'turnActions', enTurnActions);
  return html`<span class="walker" role="status"
    >${step(from, versions[at - 1], words.previous, actionIcons.previous)}<span
      >${words.version(at + 1, versions.length)}</span
    >${step(from, versions[at + 1], words.next, actionIcons.next)}</span
  >`;
}

function step(from: LitElement, to: string | undefined, name: string, path: string) {
  const onClick = () => act(from, { type: 'walked', to: to! });
  return iconButton({ name, path, isOff: to === undefined, onClick });
}

/** A message's versions change when what lies aside does, and the message itself may not: it is shown anew then. */
export function followVersions(element: LitElement): void {
  const transcript = transcriptOf(element);
  if (transcript && !followed.has(transcript)) followed.set(transcript, new VersionsController(transcript));
}

const followed = new WeakMap<RivuletTranscript, VersionsController>();

class VersionsController implements ReactiveController {
  readonly #transcript: RivuletTranscript;
  #aside: unknown;

  constructor(transcript: RivuletTranscript) {
    this.#transcript = transcript;
    transcript.addController(this);
  }

  hostUpdated(): void {
    const { aside, renderRoot } = this.#transcript;
    if (aside === this.#aside) return;
    this.#aside = aside;
    const elements = renderRoot.querySelectorAll('rivulet-answer-actions, rivulet-question-actions');
    for (const element of elements) (element as LitElement).requestUpdate();
  }
}

/** Undefined for an element that has left its tree. */
export function transcriptOf(element: Element): RivuletTranscript | undefined {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? (root.host as RivuletTranscript) : undefined;
}
