/** `rivulet-chat/solid`: the element, and its tag as JSX of Solid has it. */

import type { JSX } from 'solid-js';
import type { ChatEvents, RivuletChat } from './index.ts';
import type { Settable } from './settable.ts';

export * from './index.ts';

/** Solid writes the names of an element's properties in small letters: with capitals they need `prop:`, which all may have. */
type Properties = {
  [Name in keyof Settable as (Name extends Lowercase<Name> ? Name : never) | `prop:${Name}`]?: Settable[Name];
};

type Listeners = { [Name in keyof ChatEvents as `on:${Name}`]?: (event: ChatEvents[Name]) => void };

/** What `<rivulet-chat>` can be given in JSX: the element's own properties, so that lists and functions can be given. */
export interface RivuletChatProps
  extends Omit<JSX.HTMLAttributes<RivuletChat>, keyof Settable>,
    Properties,
    Listeners {}

declare module 'solid-js' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- it is Solid's, and has the tags of JSX
  namespace JSX {
    interface IntrinsicElements {
      'rivulet-chat': RivuletChatProps;
    }
  }
}
