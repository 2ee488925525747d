/** The package as npm would publish it, installed elsewhere: the command, the module, its types, and nothing else in it. */

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { root } from '../support/clone.mjs';
import { compile } from '../support/compile.ts';
import { expectChat } from '../support/expect-chat.ts';
import { freePort, noSettings, run, start } from '../support/program.ts';
import { startProxy } from '../support/proxy.ts';
import { readmeCode } from '../support/samples.ts';

let folder: string;
/** Paths of the files in the tarball. */
let packed: string[];
/** Of the tarball, in that folder. */
let filename: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rivulet-package-'));
  // The build is there already, so its script need not run again.
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const { code, stdout, stderr } = await run('npm', args, { cwd: root });
  assert.equal(code, 0, stderr);
  const [made] = JSON.parse(stdout) as [{ filename: string; files: Array<{ path: string }> }];
  ({ filename } = made);
  packed = made.files.map(({ path }) => path);

  await writeFile(join(folder, 'package.json'), '{ "name": "elsewhere", "private": true, "type": "module" }');
  const install = ['install', `./${filename}`, '--no-audit', '--no-fund', '--prefer-offline'];
  const installed = await run('npm', install, { cwd: folder });
  assert.equal(installed.code, 0, installed.stderr);
  // What a project that uses them has beside it: the types of tags need those of their frameworks.
  for (const name of ['@types/react', 'csstype', 'solid-js', 'svelte', 'vue']) {
    const place = join(folder, 'node_modules', name);
    await mkdir(dirname(place), { recursive: true });
    await symlink(join(root, 'node_modules', name), place);
  }
});
after(() => rm(folder, { recursive: true, force: true }));

test('npx rivulet-chat starts the proxy with the widget and the demo page in it', async () => {
  const port = await freePort();
  const args = ['--no-install', 'rivulet-chat', '--port', String(port)];
  const npx = start('npx', args, { cwd: folder, env: noSettings });
  try {
    await npx.says(new RegExp(`http://localhost:${port}/widget\\.js`));
    await expectChat(`http://localhost:${port}/`);
  } finally {
    await npx.end();
  }
});

test('the types of the module are those of the element', async () => {
  const use = `
    import { RivuletChat } from 'rivulet-chat';
    const chat: RivuletChat = document.createElement('rivulet-chat');
    chat.open();
    // @ts-expect-error: what does not exist is not there
    chat.noSuchProperty;
  `;
  await checkTypes('use.ts', use);
});

test('the events of the element are typed', async () => {
  const use = `
    import 'rivulet-chat';
    const chat = document.querySelector('rivulet-chat')!;
    chat.addEventListener('rivulet-delta', ({ detail }) => detail.content.trim());
    document.body.addEventListener('rivulet-error', ({ detail }) => detail.code === 'rate_limited');
    chat.beforeSend = ({ messages, ...request }) => ({ ...request, messages: messages.slice(-4) });
    chat.afterReceive = async ({ content }) => content.trim();
    chat.context = () => document.title;
    chat.headers = { 'x-shop': 'Linz' };
    // @ts-expect-error: it has no such detail
    chat.addEventListener('rivulet-answer', ({ detail }) => detail.rating);
  `;
  await checkTypes('events.ts', use);
});

test('in React 19 the tag has the properties and events of the element', async () => {
  const use = `
    import { createRef } from 'react';
    import { RivuletChat } from 'rivulet-chat/react';
    const chat = createRef<RivuletChat>();
    export const page = (
      <rivulet-chat
        ref={chat}
        mode="inline"
        className="wide"
        isOpen
        suggestions={['Why?']}
        tools={[{ name: 'clock', run: () => 'noon' }]}
        onrivulet-answer={({ detail }) => detail.answer.content}
      />
    );
    // @ts-expect-error: there is no such mode
    export const wrong = <rivulet-chat mode="huge" />;
    // @ts-expect-error: a method is called, and not set
    export const called = <rivulet-chat send={() => true} />;
  `;
  await checkTypes('page.tsx', use);
});

test('in Solid the tag has them too, those with capitals by `prop:`', async () => {
  const use = `
    /** @jsxImportSource solid-js */
    import { RivuletChat } from 'rivulet-chat/solid';
    let chat!: RivuletChat;
    export const page = () => (
      <rivulet-chat
        ref={chat}
        mode="inline"
        prop:isOpen
        prop:tools={[{ name: 'clock', run: () => 'noon' }]}
        on:rivulet-answer={({ detail }) => detail.answer.content}
      />
    );
    // @ts-expect-error: Solid would set beforesend
    export const small = () => <rivulet-chat beforeSend={request => request} />;
    // @ts-expect-error: there is no such mode
    export const wrong = () => <rivulet-chat prop:mode="huge" />;
  `;
  await checkTypes('solid.tsx', use);
});

test('so it has where the tools of Vue and Svelte look for the types of tags', async () => {
  const use = `
    import 'rivulet-chat/vue';
    import 'rivulet-chat/svelte';
    import type { SvelteHTMLElements } from 'svelte/elements';
    import type { GlobalComponents } from 'vue';
    type Svelte = SvelteHTMLElements['rivulet-chat'];
    const svelte: Svelte = { mode: 'inline', 'onrivulet-answer': ({ detail }) => detail.answer.content };
    type Vue = InstanceType<GlobalComponents['rivulet-chat']>;
    const vue: Vue['$props'] = { mode: 'inline', tools: [{ name: 'clock', run: () => 'noon' }] };
    const on: Vue['$emit'] = () => {};
    on('rivulet-answer', new CustomEvent('rivulet-answer'));
    // @ts-expect-error: there is no such event
    on('rivulet-answered', new CustomEvent('rivulet-answered'));
    // @ts-expect-error: there is no such mode
    svelte.mode = 'huge';
    // @ts-expect-error: nor here
    vue.mode = 'huge';
  `;
  await checkTypes('tags.mts', use);
});

test('the client, the conversation and the Markdown engine stand by themselves, with their types', async () => {
  const use = `
    import { streamAnswer, streamTurn } from 'rivulet-chat/client';
    import { apply, ask, type Conversation, newConversation } from 'rivulet-chat/conversation';
    import { MarkdownParser, showMarkdown } from 'rivulet-chat/markdown';
    const conversation: Conversation = apply(newConversation(), ask('Why?'));
    for await (const event of streamTurn(conversation, { endpoint: '/' })) apply(conversation, event);
    for await (const event of streamAnswer({ endpoint: '/', messages: [] }))
      if (event.type === 'failed') event.failure.code satisfies string;
    new MarkdownParser().root.children[0]?.type satisfies string | undefined;
    showMarkdown(document.body).feed('x');
    // @ts-expect-error: a question is a text
    ask(1);
  `;
  await checkTypes('headless.mts', use);
});

test('the README’s ten lines ask the proxy in Node, which then ends by itself', async () => {
  const proxy = await startProxy();
  try {
    const code = readmeCode('rivulet-chat/client').replace('https://your-proxy.example', proxy.url);
    await writeFile(join(folder, 'chat.mjs'), code);
    const use = `
      const before = Object.getOwnPropertyNames(globalThis).join();
      const { send } = await import('./chat.mjs');
      const { MarkdownParser, toPlainText } = await import('rivulet-chat/markdown');
      console.log(Object.getOwnPropertyNames(globalThis).join() === before);
      let answer;
      await send('Hello', messages => (answer = messages.at(-1)));
      const parser = new MarkdownParser();
      parser.feed(answer.content);
      parser.end();
      console.log(answer.status, toPlainText(parser.root).includes('demo'));
    `;
    await writeFile(join(folder, 'ten-lines.mjs'), use);
    const { stdout, stderr } = await run(process.execPath, ['ten-lines.mjs'], { cwd: folder });
    assert.equal(stdout, 'true\ncomplete true\n', stderr);
  } finally {
    await proxy.close();
  }
});

test('publint has nothing to say', async () => {
  const { messages, pkg } = await publint({ pkgDir: join(folder, 'node_modules/rivulet-chat'), pack: false });
  assert.deepEqual(
    messages.map(message => formatMessage(message, pkg)),
    [],
  );
});

test('the types are right for every way of resolving them', async () => {
  const tarball = await readFile(join(folder, filename));
  const { types, problems } = (await checkPackage(createPackageFromTarballData(tarball))) as {
    types: unknown;
    problems: Array<{ kind: string; entrypoint?: string; resolutionKind?: string }>;
  };
  assert.ok(types);
  // Node before 12.7 knows no exports, and no CommonJS loads what is ESM alone: Node 20 does by `import()`.
  const left = problems.filter(
    ({ kind, entrypoint, resolutionKind }) =>
      resolutionKind !== 'node10' &&
      // Style sheets have no types.
      !entrypoint?.endsWith('.css') &&
      !(kind === 'CJSResolvesToESM' && resolutionKind === 'node16-cjs'),
  );
  assert.deepEqual(left, []);
});

test('where there is no DOM, the widget can be imported, and nothing happens', async () => {
  const use = `
    const before = Object.getOwnPropertyNames(globalThis).join();
    const { RivuletChat } = await import('rivulet-chat');
    class Mine extends RivuletChat {}
    console.log(Mine.name, Object.getOwnPropertyNames(globalThis).join() === before);
  `;
  await writeFile(join(folder, 'no-dom.mjs'), use);
  const { stdout, stderr } = await run(process.execPath, ['no-dom.mjs'], { cwd: folder });
  assert.equal(stdout, 'Mine true\n', stderr);
});

test('rivulet-chat/server is the proxy for a server of one’s own, with its types', async () => {
  const use = `
    import { createFetchHandler } from 'rivulet-chat/server';
    const chat = createFetchHandler({ widget: { title: 'Ask us' } });
    const response = await chat.fetch(new Request('http://chat.example/v1/widget'), '192.0.2.1');
    console.log('Title: ' + (await response.json()).title);
    // @ts-expect-error: what does not exist is not there
    chat.noSuchProperty;
  `;
  await checkTypes('server.mts', use);
  await writeFile(join(folder, 'server.mjs'), use);
  const { stdout, stderr } = await run(process.execPath, ['server.mjs'], { cwd: folder, env: noSettings });
  assert.match(stdout, /^Title: Ask us$/m, stderr);
});

test('what the Dockerfile runs starts the proxy, sees whether it answers, and ends it by SIGTERM', async () => {
  const dockerfile = await readFile(join(root, 'demo/deploy/Dockerfile'), 'utf8');
  const [healthCheck, command] = [...dockerfile.matchAll(/CMD (\[.*\])$/gm)].map(
    ([, words]) => JSON.parse(words!) as [string, ...string[]],
  );
  const options = { cwd: folder, env: { ...noSettings, PORT: String(await freePort()) } };
  const [checker, ...check] = healthCheck!;
  const [program, ...args] = command!;
  assert.equal((await run(checker, check, options)).code, 1, 'before it runs');
  const proxy = start(program, args, options);
  await proxy.says(/Script tag/);
  assert.equal((await run(checker, check, options)).code, 0);
  proxy.signal('SIGTERM');
  assert.equal((await proxy.ended).code, 0);
});

test('everything that package.json names is in the tarball', async () => {
  const { bin, exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  for (const path of strings({ bin, exports })) {
    assert.ok(packed.includes(path.replace(/^\.\//, '')), `${path} is missing`);
  }
});

test('the tarball holds what is used and nothing else', () => {
  for (const path of [
    'dist/server/cli.js',
    'dist/widget/widget.js',
    'dist/widget/licenses.md',
    'dist/npm/licenses.md',
    'dist/demo/index.html',
    'dist/docs/index.html',
    'README.md',
    'LICENSE',
  ]) {
    assert.ok(packed.includes(path), `${path} is missing`);
  }
  const used =
    /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|dist\/(server|widget|npm|types|demo|docs)\/.+|dist\/config\.schema\.json|server\/telemetry\/dashboard\.json)$/;
  assert.deepEqual(
    packed.filter(path => !used.test(path)),
    [],
  );
  // Sources are in the repository; of TypeScript only declarations are used.
  assert.deepEqual(
    packed.filter(path => /(?<!\.d)\.ts$|\.test\.|tsbuildinfo/.test(path)),
    [],
  );
});

function strings(value: unknown): string[] {
  return typeof value === 'string' ? [value] : Object.values(value as object).flatMap(strings);
}

/** What a strict compiler says of a program that uses the package: nothing. */
async function checkTypes(file: string, program: string): Promise<void> {
  await writeFile(join(folder, file), program);
  assert.equal(await compile(folder, ['--strict', '--types', '', '--jsx', 'react-jsx', file]), '');
}
