/** What a page can set of `<rivulet-chat>` in its markup, for the frameworks that check the types of tags. */

import type { LitElement } from 'lit';
import type { RivuletChat } from './index.ts';

type Method = (...values: never[]) => unknown;

/** The element's properties but for its methods, which are always there. */
export type Settable = {
  [Name in Exclude<keyof RivuletChat, keyof LitElement | 'busy'> as RivuletChat[Name] extends Method
    ? never
    : Name]?: RivuletChat[Name] | undefined;
};
