/** The package's entry: defines `<rivulet-chat>` and what it needs, and exports the types. */

import { define } from './elements/define.ts';
import './elements/launcher.ts';
import { RivuletChat } from './rivulet-chat.ts';

define('rivulet-chat', RivuletChat);

export type {
  Failure,
  AssistantMessage,
  Message,
  MessageStatus,
  UserMessage,
} from './conversation/message.ts';
export { RivuletChat };
