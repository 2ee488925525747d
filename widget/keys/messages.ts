/**
 * The transcript as a list: the arrow keys go from message to message, Enter into one, Escape back out of it and then to the
 * field. One that is higher than what is in sight is scrolled through before it is left.
 */

import type { RivuletTranscript } from '../elements/transcript.ts';
import { adoptStyles } from '../markdown/later/styles.ts';
import { css } from '../styles/css.ts';
import { stopsIn } from './stops.ts';

/** Does what a key asks for; false where it asks for nothing here, or the browser does it. */
export function walkMessages(transcript: RivuletTranscript, event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  if (!(target instanceof HTMLElement) || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey)
    return false;
  const scroller = transcript.renderRoot.querySelector<HTMLElement>('.scroller')!;
  const messages = [...scroller.querySelectorAll<HTMLElement>('article')];
  const at = messages.findIndex(message => wholeOf(message).contains(target));
  const message = messages[at];
  // Who has clicked into the text wants to scroll it.
  const isAtAll = target === scroller && scroller.matches(':focus-visible');
  if (event.key === 'Escape') {
    if (message && message !== target) return go(scroller, messages, at);
    transcript.parentElement?.querySelector('rivulet-composer')?.focus({ preventScroll: true });
    return true;
  }
  if (message !== target && !isAtAll) return false;
  switch (event.key) {
    case 'ArrowDown':
      return (
        !reaches(message, scroller, 1) &&
        go(scroller, messages, isAtAll ? firstSeen(scroller, messages) : at + 1)
      );
    case 'ArrowUp':
      return (
        !reaches(message, scroller, -1) && go(scroller, messages, isAtAll ? messages.length - 1 : at - 1)
      );
    case 'Home':
      return go(scroller, messages, 0);
    case 'End':
      return go(scroller, messages, messages.length - 1);
    case 'Enter': {
      const stop = message && stopsIn(wholeOf(message)).find(stop => stop !== message);
      stop?.focus();
      return stop !== undefined;
    }
    default:
      return false;
  }
}

/** A message with what one can do with it. */
function wholeOf(message: Element): Element {
  return message.closest('rivulet-answer') ?? message;
}

/** Whether a message has more to see that way. */
function reaches(message: Element | undefined, scroller: Element, way: 1 | -1): boolean {
  if (!message) return false;
  const [box, view] = [message.getBoundingClientRect(), scroller.getBoundingClientRect()];
  return way > 0 ? box.bottom > view.bottom + 1 : box.top < view.top - 1;
}

function firstSeen(scroller: Element, messages: readonly Element[]): number {
  const { top } = scroller.getBoundingClientRect();
  return messages.findIndex(message => message.getBoundingClientRect().bottom > top);
}

/** Past either end there is nothing, and nothing else is to happen. */
function go(scroller: HTMLElement, messages: readonly HTMLElement[], index: number): true {
  const message = messages[index];
  if (!message) return true;
  adoptStyles(scroller, styles);
  tell(message, index, messages.length);
  message.tabIndex = -1;
  message.focus({ preventScroll: true });
  show(message, scroller);
  return true;
}

/** What screen readers are told of it: which one it is, and what it says. */
function tell(message: HTMLElement, index: number, count: number): void {
  const texts = [...message.querySelectorAll<HTMLElement>(':scope > p, .text')];
  for (const [number, text] of texts.entries()) text.id = `said-${index}-${number}`;
  message.setAttribute('aria-posinset', String(index + 1));
  message.setAttribute('aria-setsize', String(count));
  message.setAttribute('aria-describedby', texts.map(({ id }) => id).join(' '));
  message.addEventListener('blur', () => message.removeAttribute('aria-describedby'), { once: true });
}

/** As little as need be, and of the scroller alone: `scrollIntoView` would move the page as well. */
function show(message: Element, scroller: Element): void {
  const [box, view] = [message.getBoundingClientRect(), scroller.getBoundingClientRect()];
  const [above, below] = [box.top - view.top - ROOM, box.bottom - view.bottom + ROOM];
  if (above < 0 === below > 0) return;
  // Of one that does not fit, the end that is nearer.
  const isHigher = box.height > view.height - 2 * ROOM;
  scroller.scrollTop += above < 0 === isHigher ? below : above;
}

/** Pixels around it, for the ring. */
const ROOM = 8;

const styles = css`
  article:focus-visible {
    outline-offset: 4px;
    border-radius: 4px;
  }
  /* What costs no painting while it is out of sight is cut at its edge, and so would be the ring. */
  .content > :focus-within {
    content-visibility: visible;
  }
`;
