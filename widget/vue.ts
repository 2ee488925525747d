/** `rivulet-chat/vue`: the element, and its tag as templates of Vue 3 have it. */

import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
import type { ChatEvents, RivuletChat } from './index.ts';
import type { Settable } from './settable.ts';

export * from './index.ts';

/** The properties of `<rivulet-chat>` in a template: `:tools="tools"` is the element's own, not an attribute. */
export interface RivuletChatProps extends Omit<HTMLAttributes, keyof Settable>, Settable {}

/** Vue's tools look for the types of a tag among components, and for what they can set in `$props`. */
type Tag = new () => RivuletChat & {
  $props: RivuletChatProps & PublicProps;
  $emit: EmitFn<{ [Name in keyof ChatEvents]: (event: ChatEvents[Name]) => void }>;
};

declare module 'vue' {
  interface GlobalComponents {
    'rivulet-chat': Tag;
  }
}
