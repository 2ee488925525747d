/** `rivulet-chat/svelte`: the element, and its tag as templates of Svelte 5 have it. */

import type { HTMLAttributes } from 'svelte/elements';
import type { ChatEvents, RivuletChat } from './index.ts';
import type { Settable } from './settable.ts';

export * from './index.ts';

type Listeners = { [Name in keyof ChatEvents as `on${Name}`]?: (event: ChatEvents[Name]) => void };

/** The properties of `<rivulet-chat>` in a template: Svelte sets those of the element, not attributes. */
export interface RivuletChatProps
  extends Omit<HTMLAttributes<RivuletChat>, keyof Settable>,
    Settable,
    Listeners {}

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'rivulet-chat': RivuletChatProps;
  }
}
