/** What the page lets the browser's speech be used for. */

import type { RivuletChat } from '../rivulet-chat.ts';
import type { ChatParts } from '../sheets/sheet.ts';

export function wantsVoice({ host }: ChatParts, use: 'dictation' | 'reading'): boolean {
  return (host as RivuletChat).voice?.split(/\s+/).includes(use) ?? false;
}
