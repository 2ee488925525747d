/** Each sheet by its name, as a chunk of its own. */

import type { AsideName, SheetName } from '../conversation/command.ts';
import type { ChatParts, Sheet } from './sheet.ts';

export const sheets: Record<SheetName, () => Promise<Sheet>> = {
  menu: () => import('./menu.ts').then(({ menu }) => menu),
  models: () => import('./models.ts').then(({ models }) => models),
  person: () => import('./person.ts').then(({ person }) => person),
  help: () => import('./help.ts').then(({ help }) => help),
};

/** What takes no place of the chat's: commands above its composer. */
export const asides: Record<AsideName, () => Promise<{ showAside(chat: ChatParts): void }>> = {
  commands: () => import('../elements/slash-list.ts'),
};
