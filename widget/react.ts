/** `rivulet-chat/react`: the element, and its tag as JSX of React 19 has it. */

import type { HTMLAttributes, RefAttributes } from 'react';
import type { ChatEvents, RivuletChat } from './index.ts';
import type { Settable } from './settable.ts';

export * from './index.ts';

type Listeners = { [Name in keyof ChatEvents as `on${Name}`]?: (event: ChatEvents[Name]) => void };

/** The properties of `<rivulet-chat>` in JSX: the element's own, not attributes, so that lists and functions can be given. */
export interface RivuletChatProps
  extends Omit<HTMLAttributes<RivuletChat>, keyof Settable>,
    RefAttributes<RivuletChat>,
    Settable,
    Listeners {}

declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- it is React's, and has the tags of JSX
  namespace JSX {
    interface IntrinsicElements {
      'rivulet-chat': RivuletChatProps;
    }
  }
}
