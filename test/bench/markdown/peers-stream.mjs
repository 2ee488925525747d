/** The benchmark of cost with the chats that bring their own packages: see peers.ts. */

import { deepChat, streamdown } from './peers-contestants.mjs';
import { contestants } from './stream-page.ts';

contestants['streamdown, per token'] = { start: streamdown };
contestants['deep-chat, per token'] = { start: deepChat };

export { names, open, stream } from './stream-page.ts';
