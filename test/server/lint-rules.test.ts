/** Every wall and every rule that lint promises: what breaks it is caught, and what looks like it and is right passes. */

import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { ESLint } from 'eslint';

const cwd = fileURLToPath(new URL('../../', import.meta.url));
const eslint = new ESLint({ cwd });

/** What lint says of a file of this name with this text. */
async function complaints(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath });
  assert.ok(result);
  assert.equal(result.fatalErrorCount, 0, `${code} does not parse`);
  return result.messages.map(({ ruleId, message }) => `${ruleId}: ${message}`);
}

const caught: Array<[promise: string, words: string, file: string, code: string]> = [
  [
    'protocol.ts imports nothing',
    'stand on it',
    'server/protocol.ts',
    "import type { Config } from './config/config.ts';\nexport type C = Config;",
  ],
  [
    'the server imports no widget',
    'wire alone',
    'server/routes/x.ts',
    "export { apply } from '../../widget/conversation/conversation.ts';",
  ],
  [
    'the widget imports no server',
    'wire alone',
    'widget/client/x.ts',
    "export * from '../../server/app.ts';",
  ],
  ['a dynamic import is an import', 'wire alone', 'widget/x.ts', "void import('../server/app.ts');"],
  [
    'the type of an import is an import',
    'wire alone',
    'widget/x.ts',
    "export type App = import('../server/app.ts').App;",
  ],
  [
    'what ships imports no test',
    'of demo/ and test/',
    'server/x.ts',
    "import '../test/support/upstream.mjs';",
  ],
  ['server parts import no Node module', 'web-standard runtime', 'server/routes/x.ts', "import 'node:fs';"],
  [
    'server parts do not touch the process',
    'web-standard runtime',
    'server/app.ts',
    'export const port = process.env.PORT;',
  ],
  [
    'nor by way of the global object',
    'web-standard runtime',
    'server/app.ts',
    'export const { env } = globalThis.process;',
  ],
  [
    'only the Node part knows the Node server',
    'know the Node server',
    'server/cli.ts',
    "import '@hono/node-server';",
  ],
  ['a middleware imports no other', 'imports no other', 'server/middleware/x.ts', "import './origin.ts';"],
  [
    'nobody compares the name of a provider',
    "provider's name",
    'server/upstream/x.ts',
    "export const odd = (name: string) => name === 'deepseek';",
  ],
  [
    'nor switches over it',
    "provider's name",
    'widget/x.ts',
    "export function f(name: string) { switch (name) { case 'Qwen': return 1; } return 0; }",
  ],
  [
    'the conversation knows no Lit',
    'without Lit',
    'widget/conversation/x.ts',
    "import type { LitElement } from 'lit';\nexport type E = LitElement;",
  ],
  ['the conversation knows no DOM', 'no DOM', 'widget/conversation/x.ts', 'document.title;'],
  ['what tabs share knows no page', 'no DOM', 'widget/tabs/x.ts', 'document.title;'],
  ['the client knows no DOM', 'no DOM', 'widget/client/x.ts', 'export const w = globalThis.window;'],
  ['the Markdown parser knows no DOM', 'no DOM', 'widget/markdown/blocks.ts', "document.createElement('p');"],
  [
    'what reads every answer waits for no extras',
    'only the types',
    'widget/markdown/blocks/code.ts',
    "import '../extras/link.ts';",
  ],
  [
    'what shows every answer waits for no extras',
    'only the types',
    'widget/markdown/patcher.ts',
    "import { fullViews } from './extras/views.ts';\nexport { fullViews };",
  ],
  [
    'extras that read know no DOM',
    'no DOM',
    'widget/markdown/extras/link.ts',
    "document.createElement('p');",
  ],
  ['the Markdown parser knows no Lit', 'without Lit', 'widget/markdown/blocks.ts', "import 'lit-html';"],
  ['elements import no client', 'no client', 'widget/elements/x.ts', "import '../client/request-answer.ts';"],
  ['elements import no store', 'no store', 'widget/elements/x.ts', "import '../storage/memory-store.ts';"],
  ['only the client fetches', 'talks to the network', 'widget/controllers/x.ts', "void fetch('/');"],
  [
    'nor does anything else open a socket',
    'talks to the network',
    'widget/x.ts',
    "new WebSocket('ws://x.example');",
  ],
  ['only storage stores', 'storage/ stores', 'widget/rivulet-chat.ts', "localStorage.getItem('x');"],
  ['storage knows no Lit', 'without Lit', 'widget/storage/x.ts', "import 'lit';"],
  [
    'storage knows nothing but conversations',
    'nothing else',
    'widget/storage/x.ts',
    "import '../client/network.ts';",
  ],
  ['the demo uses public names', 'public names', 'demo/main.ts', "import '../widget/index.ts';"],
  ['no innerHTML', 'never a string', 'widget/elements/x.ts', "document.body.innerHTML = 'x';"],
  [
    'no innerHTML by another way',
    'never a string',
    'widget/x.ts',
    "document.body['innerHTML'] = Object.assign(document.body, { outerHTML: '' }).id;",
  ],
  [
    'no insertAdjacentHTML',
    'never a string',
    'demo/main.ts',
    "document.body.insertAdjacentHTML('beforeend', 'x');",
  ],
  ['no document.write', 'never a string', 'widget/loader.ts', "document.write('x');"],
  ['no unsafeHTML', 'never a string', 'widget/elements/x.ts', "import 'lit/directives/unsafe-html.js';"],
  [
    "no directive of Lit's",
    'leaves directives out',
    'widget/elements/x.ts',
    "import { live } from 'lit/directives/live.js';\nexport { live };",
  ],
  ['no style element', 'strict CSP', 'widget/x.ts', "document.createElement('style');"],
  ['no style attribute', 'strict CSP', 'widget/x.ts', "document.body.setAttribute('style', '');"],
  ['no eval', 'no-eval', 'widget/x.ts', "eval('1');"],
  ['no new Function', 'no-new-func', 'widget/x.ts', "new Function('1');"],
  [
    'no style attribute in a template',
    'lit/ban-attributes',
    'widget/elements/x.ts',
    template('<p style="color: red"></p>'),
  ],
  [
    'no innerHTML in a template',
    'lit/ban-attributes',
    'widget/elements/x.ts',
    template('<p .innerHTML=${text}></p>'),
  ],
  [
    'no style element in a template',
    'lit/prefer-static-styles',
    'widget/elements/x.ts',
    template('<style>p {}</style>'),
  ],
  [
    'an image has an alternative text',
    'lit-a11y/alt-text',
    'widget/elements/x.ts',
    template('<img src="x.png" />'),
  ],
  [
    'a binding stands once',
    'lit/no-duplicate-template-bindings',
    'demo/main.ts',
    template('<p id=${text} id=${text}></p>'),
  ],
];

/** Each differs from something above in the one thing that makes it right. */
const allowed: Array<[promise: string, file: string, code: string]> = [
  [
    'both halves import the protocol',
    'widget/client/x.ts',
    "export { paths } from '../../server/protocol.ts';",
  ],
  ['the Node part imports Node', 'server/node/x.ts', "import 'node:fs';\nexport const { pid } = process;"],
  ['the Node part imports the Node server', 'server/node.ts', "import '@hono/node-server';"],
  ['a middleware imports errors', 'server/middleware/x.ts', "import '../errors.ts';"],
  [
    'a name that only looks like a global passes',
    'widget/conversation/x.ts',
    'export const f = (document: string) => document;',
  ],
  ['the Markdown patcher makes nodes', 'widget/markdown/patcher.ts', "document.createElement('p');"],
  ['elements import the conversation', 'widget/elements/x.ts', "import '../conversation/message.ts';"],
  ['the client fetches', 'widget/client/x.ts', "void fetch('/');"],
  [
    'storage knows conversations',
    'widget/storage/x.ts',
    "export type { Message } from '../conversation/message.ts';",
  ],
  ['storage stores', 'widget/storage/x.ts', "localStorage.getItem('x');"],
  ['the demo imports the package', 'demo/main.ts', "import 'rivulet-chat';"],
  [
    'the demo imports the wire',
    'demo/main.ts',
    "import type { Price } from '../server/protocol.ts';\nexport type P = Price;",
  ],
  ['text content is set', 'widget/elements/x.ts', "document.body.textContent = 'x';"],
  ['style properties are set', 'widget/elements/x.ts', "document.body.style.color = 'red';"],
];

for (const [promise, words, file, code] of caught) {
  test(promise, async () => assert.match((await complaints(file, code)).join('\n'), new RegExp(words)));
}

for (const [promise, file, code] of allowed) {
  test(promise, async () => assert.deepEqual(await complaints(file, code), []));
}

function template(markup: string): string {
  return `import { html } from 'lit';\nexport const show = (text: string) => html\`\${text}${markup}\`;`;
}
