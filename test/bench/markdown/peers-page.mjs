/** The pages of chats that bring their own packages: see peers.ts. */

import { ask } from './chat-page.ts';
import { streamdown } from './peers-contestants.mjs';

const chats = {
  'deep-chat': openDeepChat,
  'streamdown, per token': openStreamdown,
};

export function names() {
  return Object.keys(chats);
}

/**
 * @param {string} name
 * @param {string} model
 */
export function open(name, model) {
  return chats[name](model);
}

let done = false;
globalThis.isDone = () => done;

function openDeepChat(model) {
  const chat = document.createElement('deep-chat');
  chat.style.cssText = 'display: block; width: 420px; height: 720px; border: 0';
  chat.connect = {
    url: '/v1/chat/completions',
    method: 'POST',
    stream: true,
    additionalBodyProps: { model },
  };
  chat.responseInterceptor = response => {
    const [choice] = response.choices ?? [];
    if (choice?.finish_reason) setTimeout(() => (done = true));
    return { text: choice?.delta?.content ?? '' };
  };
  document.body.replaceChildren(chat);
  globalThis.shown = () =>
    [...(chat.shadowRoot?.querySelectorAll('.ai-message-text') ?? [])].map(node => node.textContent).join('');
  return () => chat.submitUserMessage({ text: 'Hello' });
}

function openStreamdown(model) {
  const scroller = document.createElement('div');
  scroller.id = 'scroller';
  const answer = scroller.appendChild(document.createElement('div'));
  answer.id = 'answer';
  const composer = document.createElement('textarea');
  document.body.replaceChildren(scroller, composer);
  composer.focus();
  globalThis.shown = () => answer.textContent;
  new ResizeObserver(() => scroller.scrollTo(0, 1e9)).observe(answer);
  const renderer = streamdown(answer);
  return () => void ask(model, renderer.feed).then(() => (done = true));
}
