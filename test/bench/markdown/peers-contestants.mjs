/** Chats that bring their own packages (see peers.ts), as ways to show an answer as it arrives. */

import 'deep-chat';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { Streamdown } from 'streamdown';

/** @type {import('./contestants.ts').Start} */
export const streamdown = container => {
  const root = createRoot(container);
  let text = '';
  return {
    feed(delta) {
      text += delta;
      root.render(createElement(Streamdown, null, text));
    },
    end() {},
  };
};

/** The whole chat, as it shows its messages nowhere else: what it is sent is given to it without a network. */
/** @type {import('./contestants.ts').Start} */
export const deepChat = container => {
  const chat = document.createElement('deep-chat');
  chat.style.cssText = 'display: block; width: 100%; height: 620px; border: 0';
  let answer;
  chat.connect = {
    stream: true,
    handler(_, signals) {
      signals.onOpen();
      answer = signals;
    },
  };
  container.append(chat);
  // Once it has rendered; to tell it of a listener for that would have it render again.
  setTimeout(() => chat.submitUserMessage({ text: 'Hello' }), 300);
  return {
    feed(delta) {
      answer.onResponse({ text: delta });
    },
    end() {
      answer.onClose();
    },
  };
};
