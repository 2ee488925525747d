/** What can stand before the chat, such as its menu: one chunk, loaded when it is first asked for. */

import './elements/sheet.ts';
