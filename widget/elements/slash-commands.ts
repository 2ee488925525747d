/** What a visitor can have done by typing a slash and a name: of the page, of the server's settings, and of the chat itself. */

import type { Wish } from '../conversation/command.ts';
import { enShortcuts } from '../locales/en-shortcuts.ts';
import { wordsOf } from '../locales/words-of.ts';
import { hasChoice } from '../sheets/has-choice.ts';
import type { ChatParts } from '../sheets/sheet.ts';

/** A page's own: a text for the composer, or a function of the page. */
export interface PageCommand {
  /** Typed after the slash; without a space. */
  name: string;
  /** Stands beside the name; absent: how the text begins. */
  label?: string;
  /** Put into the composer, where the visitor can change it and send it. */
  text?: string;
  /** Called in place of that. */
  run?: () => void;
}

export type SlashCommand = { name: string; label: string } & (
  | { text: string }
  | { run: () => void }
  | { wish: Wish }
);

const LABEL_CHARACTERS = 60;

/** Of two of one name, the page's comes before the settings', and these before the chat's. */
export function slashCommands(chat: ChatParts): SlashCommand[] {
  const { host, owner } = chat;
  const words = wordsOf(host, 'shortcuts', enShortcuts);
  const model: SlashCommand = { name: 'model', label: words.model, wish: { type: 'show', sheet: 'models' } };
  const own: SlashCommand[] = [
    { name: 'new', label: words.newChat, wish: { type: 'new_chat' } },
    ...(hasChoice(chat) ? [model] : []),
    { name: 'shortcuts', label: words.help, wish: { type: 'show', sheet: 'help' } },
  ];
  const all = [...readCommands(host.commands), ...readCommands(owner.settings.all?.commands), ...own];
  const commands = new Map<string, SlashCommand>();
  for (const command of all) {
    const name = command.name.toLowerCase();
    if (!commands.has(name)) commands.set(name, command);
  }
  return [...commands.values()];
}

/** Those that a draft may mean: a slash and how their names begin, and nothing else. */
export function commandsFor(draft: string, commands: readonly SlashCommand[]): readonly SlashCommand[] {
  const [, typed] = /^\/(\S*)$/.exec(draft) ?? [];
  if (typed === undefined) return [];
  return commands.filter(({ name }) => name.toLowerCase().startsWith(typed.toLowerCase()));
}

/** Neither a page nor the wire is taken on trust: what is no command is left out. */
export function readCommands(list: unknown): SlashCommand[] {
  return Array.isArray(list) ? list.flatMap(command => readCommand(command) ?? []) : [];
}

function readCommand(command: Partial<Record<keyof PageCommand, unknown>> | null): SlashCommand | undefined {
  const { name, label, text, run } = command ?? {};
  if (typeof name !== 'string' || !/^[^\s/]+$/.test(name)) return undefined;
  const given = typeof label === 'string' ? label : '';
  if (typeof run === 'function') return { name, label: given, run: () => run.call(command) };
  if (typeof text !== 'string' || text === '') return undefined;
  return { name, label: given || text.slice(0, LABEL_CHARACTERS), text };
}
