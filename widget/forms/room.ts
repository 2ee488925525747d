/** The room that a page makes at one of its sides. */

import { fire } from '../page-events.ts';
import { adopt } from './adopted.ts';

export type Side = 'left' | 'right';

export interface RoomDetail {
  /** Where the page is covered; null: nowhere any more. How wide, its custom property `--rivulet-room-left` or `-right` says. */
  side: Side | null;
}

export class Room {
  readonly #host: HTMLElement;
  /** One for each chat: where two want the same room, it is given back with the last of them. */
  readonly #sheet = new CSSStyleSheet();
  #side: Side | null = null;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  take(side: Side | null): void {
    if (side === this.#side) return;
    this.#side = side;
    const isMoved = fire(this.#host, 'rivulet-room', { side }, true);
    if (side) this.#sheet.replaceSync(rules(side, isMoved));
    adopt(document, this.#sheet, side !== null);
  }
}

/**
 * The root itself is narrower, and what stands in the middle of it is in the middle of what is left. A narrow window has
 * no room to give.
 */
function rules(side: Side, isMoved: boolean): string {
  const move = `inline-size: auto !important; margin-${side}: var(--rivulet-room-${side}) !important;`;
  return `@media screen and (width >= 768px) and (height > 480px) {
    :root:root {
      --rivulet-room-${side}: var(--rivulet-panel-width, clamp(360px, 32vw, 480px));
      ${isMoved ? move : ''}
    }
  }`;
}
