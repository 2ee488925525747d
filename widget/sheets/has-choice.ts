/** Whether there are several models: where there is one there is nothing to choose. */

import type { ChatParts } from './sheet.ts';

/** The proxy says so. Other servers say nothing of themselves, and may have several. */
export function hasChoice({ owner: { settings } }: Pick<ChatParts, 'owner'>): boolean {
  return settings.model !== undefined || settings.limits === undefined;
}
