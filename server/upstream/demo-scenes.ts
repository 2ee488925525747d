/** What the demo model plays, and the words that ask for it. */

import { attachmentsText } from './demo-attachments.ts';
import { type DemoAsked, type DemoCall, playTools } from './demo-tools.ts';

export interface Scene {
  /** Silence before the first token, in milliseconds. */
  firstTokenMs: number;
  /** Time between two tokens, in milliseconds. */
  tokenMs: number;
  reasoning: string;
  content: string;
  /** Where the answer has something from; named before its first word. */
  sources?: ReadonlyArray<{ title: string; url: string }>;
  /** HTTP status with which the whole request is refused. */
  refusal?: number;
  /** How often the request is refused before it is answered. */
  refusals?: number;
  /** Tokens after which the answer fails, hangs for ever, or ends as if the output limit were reached. */
  failAfterTokens?: number;
  hangAfterTokens?: number;
  cutAfterTokens?: number;
  /** What of the page it calls, when it has said all. */
  calls?: readonly DemoCall[];
}

/** The situation that a question asks for by a word such as `/slow`; without one, a plain answer. */
export function sceneFor(question: string, images: readonly string[], asked: DemoAsked): Scene {
  const word = /(?:^|\s)\/([a-z]+)\b/.exec(question)?.[1] ?? '';
  const attachments = attachmentsText(question, images);
  const content = attachments ?? answerTo(question);
  const plain: Scene = { firstTokenMs: 240, tokenMs: 18, reasoning: '', content };
  switch (word) {
    case 'help':
      return { ...plain, content: HELP };
    case 'markdown':
      return { ...plain, content: MARKDOWN };
    case 'long':
      return {
        ...plain,
        tokenMs: 6,
        content: Array.from({ length: 40 }, (_, i) => LONG(i + 1)).join('\n\n'),
      };
    case 'reasoning':
      return {
        ...plain,
        tokenMs: 25,
        reasoning: REASONING,
        content: THOUGHT,
      };
    case 'think':
      return { ...plain, tokenMs: 25, content: `<think>\n${REASONING}\n</think>\n\n${THOUGHT}` };
    case 'sources':
      return { ...plain, content: CITING, sources: SOURCES };
    case 'slow':
      return { ...plain, firstTokenMs: 6_000, tokenMs: 120 };
    case 'fast':
      return {
        ...plain,
        firstTokenMs: 20,
        tokenMs: 1,
        content: Array.from({ length: 20 }, (_, i) => LONG(i + 1)).join('\n\n'),
      };
    case 'error':
      return { ...plain, content: LONG(1), failAfterTokens: 12 };
    case 'hang':
      return { ...plain, content: LONG(1), hangAfterTokens: 12 };
    case 'cut':
      return { ...plain, content: LONG(1), cutAfterTokens: 14 };
    case 'tools':
      return { ...plain, ...playTools(asked) };
    case 'empty':
      return { ...plain, content: '' };
    case 'attachments':
      return { ...plain, content: attachments ?? ATTACH };
    case 'busy':
      return { ...plain, refusal: 429 };
    case 'broken':
      return { ...plain, refusal: 500 };
    case 'flaky':
      return { ...plain, refusal: 503, refusals: 2 };
    default:
      return plain;
  }
}

function answerTo(question: string): string {
  // What the widget asks for by itself, see widget/client/follow-ups.ts.
  if (question.includes('follow-up questions')) return FOLLOW_UPS;
  if (/\p{Script=Han}/u.test(question)) return CHINESE;
  return ENGLISH;
}

const FOLLOW_UPS = '/markdown\n/reasoning\nWho are you?';

const ENGLISH = `I am the built-in demo model: I run inside the proxy, need no key and no network, and have no idea of the world. What you see is real all the same. Every word of this reached you as an event of its own, through the same path that the words of a real model take.

Ask me for a situation to see how the chat takes it. Write \`/help\` for the list.

To talk to a real model, start the proxy with a key, for example \`DEEPSEEK_API_KEY=… npx rivulet-chat\``;

const CHINESE = `我是内置的演示模型：运行在代理进程里，不需要密钥，也不需要联网，所以我并不真正理解您的问题。但您看到的流式输出是真实的：每个词都是一个独立的事件，与真实模型的输出走同一条路径。😀

输入 \`/help\` 可以查看我能演示的各种情况。

要与真实模型对话，请带密钥启动代理，例如：\`DEEPSEEK_API_KEY=… npx rivulet-chat\``;

const HELP = `These words, anywhere in a question, ask for a situation:

- \`/markdown\` – everything an answer can be written with
- \`/reasoning\` – thinking before the answer
- \`/think\` – thinking in the text of the answer
- \`/sources\` – an answer that names its sources
- \`/tools\` – functions of the page, called and answered
- \`/long\` – a long answer
- \`/fast\` – a very quick answer
- \`/slow\` – a long wait for the first token
- \`/cut\` – an answer cut at its length limit
- \`/error\` – a failure in the middle of the answer
- \`/hang\` – an answer that stops coming
- \`/empty\` – an answer with nothing in it
- \`/attachments\` – what has arrived of your files
- \`/busy\` – too many requests, with a time to wait
- \`/broken\` – an upstream that is down
- \`/flaky\` – an upstream that fails twice before it answers`;

const ATTACH = `Attach something: pick it with the paperclip, paste it, or drop it on the chat. Pictures are made smaller before they are sent, and what they say of the place where they were taken is left out. The text of a text file or a PDF goes along as a quotation.`;

const REASONING = `The visitor would like to see thinking. A demo model has none, so it writes down what thinking looks like: first it reads the question, then it looks for what is asked, then it finds nothing, and at last it answers all the same.`;

const THOUGHT = 'The answer is **42**, as nobody has measured it.';

const CITING =
  'A rivulet is a very small stream [1]. How text streams to a page is written down as well [2]. Nobody was asked: a demo model cannot search, and these are the same each time.';

const SOURCES = [
  { title: 'Stream', url: 'https://en.wikipedia.org/wiki/Stream' },
  {
    title: 'HTML Standard: Server-sent events',
    url: 'https://html.spec.whatwg.org/multipage/server-sent-events.html',
  },
];

const LONG = (n: number) =>
  `Paragraph ${n}. A rivulet is a very small stream: water that finds its way, one drop after another, around whatever lies before it. 一条小溪不会一次流完,它一滴一滴地到来。 So does this answer, and when the connection breaks, what has arrived stays where it is.`;

const MARKDOWN = `# A little of everything

Text with **bold**, *emphasis*, \`code\` and a [link](https://example.com).

- a list
  - in a list
- **流式输出。**with 中文 and an emoji 👩‍👩‍👧
- [x] a task that is done
- [ ] and one that is not

1. first
2. second

> What is quoted stands apart.

| Model | First token | Price |
|---|--:|--:|
| one | 201 ms | 0.14 |
| two | 305 ms | 0.40 |

\`\`\`ts
const answer = await fetch('/v1/chat/completions', {
  method: 'POST',
  body: JSON.stringify({ messages: [{ role: 'user', content: 'Hello' }] }),
});
\`\`\`

A formula in the line, $e^{i\\pi} + 1 = 0$, and one of its own:

$$
\\int_0^1 x^2\\,dx = \\frac{1}{3}
$$

An image waits for a click: ![A stream](https://example.com/stream.jpg). Something ~~wrong~~ right has a note.[^1]

[^1]: Notes stand at the end.`;
