/** The states of the chat, each as a visitor comes into it. */

import type { Page } from 'playwright-core';

export interface State {
  name: string;
  /** In pixels. */
  width?: number;
  height?: number;
  /** Of a phone. */
  touch?: boolean;
  /** The system's own colours, as Windows' contrast themes have them. */
  forced?: boolean;
  /** Attributes of the chat, of the script tag in its place, and of the page. */
  chat?: string;
  tag?: string;
  page?: string;
  play?: (page: Page) => Promise<void>;
}

const input = (page: Page) => page.locator('rivulet-composer textarea');
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).last().click();

async function ask(page: Page, question: string): Promise<void> {
  await input(page).fill(question);
  // Not Enter: on a phone that breaks the line.
  await page.locator('rivulet-composer [part~=send]').click();
}

async function answered(page: Page, question: string): Promise<void> {
  await ask(page, question);
  await page.locator('rivulet-answer article[aria-busy=false]').last().waitFor({ timeout: 60_000 });
  await page.locator('rivulet-answer-actions button, .note button').first().waitFor();
  // What is drawn when there is time: colours of code, formulas.
  await page.waitForLoadState('networkidle');
}

const asks = (question: string) => (page: Page) => answered(page, question);
const opened = async (page: Page) => {
  await page.locator('rivulet-launcher button').click();
  await input(page).waitFor();
};
const menu = async (page: Page) => {
  await answered(page, 'Hello');
  await page.locator('.header .tool').first().click();
  await shown(page, 'rivulet-history .open');
};
const shown = (page: Page, selector: string) => page.locator(selector).last().waitFor();

export const states: readonly State[] = [
  {
    name: 'empty',
    play: async page => {
      await shown(page, 'rivulet-start li');
      await page.waitForLoadState('networkidle');
    },
  },
  { name: 'focused', play: page => input(page).click() },
  {
    name: 'loading',
    play: async page => {
      await ask(page, 'Take your time /slow');
      await shown(page, 'rivulet-answer .wave');
    },
  },
  {
    name: 'streaming',
    play: async page => {
      await ask(page, 'Never end /hang');
      await page.getByText('A rivulet is a very small').waitFor();
    },
  },
  { name: 'answered', play: asks('Show me everything /markdown') },
  {
    name: 'answered-top',
    play: async page => {
      await answered(page, 'Show me everything /markdown');
      await page.locator('.scroller').evaluate(scroller => (scroller.scrollTop = 0));
      await shown(page, '.down');
    },
  },
  {
    name: 'thinking',
    play: async page => {
      await answered(page, 'Think first /reasoning');
      await page.locator('rivulet-thinking summary').click();
    },
  },
  { name: 'sources', play: asks('Who says so? /sources') },
  {
    name: 'stats',
    chat: 'show-stats feedback',
    play: async page => {
      await answered(page, 'How quick are you?');
      await press(page, 'Good answer');
    },
  },
  {
    name: 'stopped',
    play: async page => {
      await ask(page, 'Never end /hang');
      await page.getByText('A rivulet is a very small').waitFor();
      await press(page, 'Stop the answer');
      await shown(page, '.note');
    },
  },
  { name: 'failed', play: asks('Fail in the middle /error') },
  { name: 'limited', play: asks('Be long /cut') },
  { name: 'busy', play: asks('Too many /busy') },
  {
    name: 'offline',
    play: async page => {
      await input(page).focus();
      await page.waitForLoadState('networkidle');
      await page.context().setOffline(true);
      await ask(page, 'Is anybody there?');
      await shown(page, 'rivulet-answer article');
    },
  },
  { name: 'long', play: asks('Tell me all /fast') },
  {
    name: 'queued',
    play: async page => {
      await ask(page, 'Never end /hang');
      await page.getByText('A rivulet is a very small').waitFor();
      await ask(page, 'And then?');
      await shown(page, 'rivulet-dock li');
    },
  },
  {
    name: 'editing',
    play: async page => {
      await answered(page, 'Hello');
      await press(page, 'Edit');
      await shown(page, 'rivulet-question-actions textarea');
    },
  },
  {
    name: 'tools',
    play: async page => {
      await page.locator('rivulet-chat').evaluate((chat: HTMLElement & { tools?: unknown }) => {
        chat.tools = [
          {
            name: 'show_clock',
            label: 'Show a clock',
            description: 'Shows the time.',
            parameters: {},
            confirm: true,
            run: () => 'noon',
          },
          {
            name: 'set_accent',
            label: 'Paint it',
            description: 'Sets the accent.',
            parameters: {},
            confirm: true,
            run: () => 'done',
          },
        ];
      });
      await ask(page, 'What can this page do? /tools');
      await shown(page, '.asks');
    },
  },
  {
    name: 'attachments',
    play: async page => {
      await input(page).focus();
      await page.locator('input[type=file]').setInputFiles([
        { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Some notes.') },
        {
          name: 'nothing.exe',
          mimeType: 'application/octet-stream',
          buffer: Buffer.from([0, 1, 2, 255, 254]),
        },
      ]);
      await shown(page, 'rivulet-attachments li');
      await shown(page, '.refused');
    },
  },
  {
    name: 'commands',
    play: async page => {
      await input(page).pressSequentially('/');
      await shown(page, '[role=option]');
    },
  },
  {
    name: 'menu',
    play: async page => {
      await answered(page, 'Hello');
      await press(page, 'Menu');
      await shown(page, 'rivulet-history .open');
    },
  },
  {
    name: 'models',
    play: async page => {
      await page.locator('button.model').click();
      await shown(page, 'rivulet-models td');
    },
  },
  {
    name: 'person',
    play: async page => {
      await press(page, 'Menu');
      await press(page, 'Talk to a person');
      await shown(page, 'rivulet-contact-form input');
    },
  },
  { name: 'right-to-left', page: 'dir="rtl"', chat: 'lang="ar"', play: asks('مرحبا، من أنت؟') },
  { name: 'wide', width: 1280, height: 800, play: asks('Show me everything /markdown') },
  { name: 'phone', width: 390, height: 800, touch: true, tag: 'data-suggestions="One|Two"', play: opened },
  { name: 'phone-answered', width: 390, height: 800, touch: true, play: asks('Who says so? /sources') },
  { name: 'phone-menu', width: 390, height: 800, touch: true, play: menu },
  {
    name: 'phone-across',
    ...{ width: 800, height: 390, touch: true },
    play: asks('Show me everything /markdown'),
  },
  { name: 'narrow', width: 320, height: 640, play: asks('Show me everything /markdown') },
  {
    name: 'narrow-german',
    ...{ width: 320, height: 640, chat: 'lang="de"' },
    play: asks('Zu viele /busy'),
  },
  { name: 'chinese', chat: 'lang="zh-CN"', play: asks('你好，介绍一下你们的产品') },
  { name: 'chinese-failed', chat: 'lang="zh-CN"', play: asks('Fail in the middle /error') },
  { name: 'forced', forced: true, play: asks('Fail in the middle /error') },
  { name: 'forced-sources', forced: true, chat: 'show-stats feedback', play: asks('Who says so? /sources') },
  { name: 'right-to-left-menu', page: 'dir="rtl"', chat: 'lang="he"', play: menu },
  { name: 'right-to-left-markdown', page: 'dir="rtl"', chat: 'lang="ar"', play: asks('/markdown') },
  { name: 'page', width: 1280, height: 800, chat: 'mode="page"', play: menu },
  { name: 'panel', width: 1280, height: 800, chat: 'mode="panel" open', play: asks('Hello') },
  {
    name: 'reason',
    chat: 'feedback',
    play: async page => {
      await answered(page, 'How quick are you?');
      await press(page, 'Bad answer');
      await page.getByRole('textbox', { name: /What was wrong/ }).waitFor();
    },
  },
  {
    name: 'quote',
    play: async page => {
      await answered(page, 'How quick are you?');
      await press(page, 'Ask about this');
      await shown(page, 'rivulet-dock q');
    },
  },
  {
    name: 'shortcuts',
    play: async page => {
      await press(page, 'Menu');
      await press(page, 'Shortcuts');
      await shown(page, 'rivulet-sheet dl, rivulet-sheet table');
    },
  },
  {
    name: 'removed',
    play: async page => {
      await answered(page, 'Hello');
      await press(page, 'Delete');
      await shown(page, 'rivulet-dock button');
    },
  },
  {
    name: 'launcher',
    tag: 'data-theme="auto"',
    height: 400,
    play: page => shown(page, 'rivulet-launcher button'),
  },
  {
    name: 'popup',
    tag: 'data-theme="auto"',
    width: 900,
    height: 800,
    play: async page => {
      await opened(page);
      await answered(page, 'Fail in the middle /error');
    },
  },
  {
    name: 'unread',
    tag: 'data-theme="auto"',
    height: 700,
    play: async page => {
      await opened(page);
      await ask(page, 'Hello');
      await press(page, 'Close the chat');
      await shown(page, 'rivulet-launcher[unread] button');
    },
  },
];

export function stateOf(name: string): State {
  const state = states.find(state => state.name === name);
  if (!state)
    throw new Error(`There is no state ${name}; there are ${states.map(({ name }) => name).join(', ')}.`);
  return state;
}
