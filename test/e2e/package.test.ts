/** The package as npm would publish it, installed elsewhere: the command, the module, its types, and nothing else in it. */

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root } from '../support/clone.mjs';
import { expectChat } from '../support/expect-chat.ts';
import { freePort, noSettings, run, start } from '../support/program.ts';

let folder: string;
/** Paths of the files in the tarball. */
let packed: string[];

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rivulet-package-'));
  // The build is there already, so its script need not run again.
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const { code, stdout, stderr } = await run('npm', args, { cwd: root });
  assert.equal(code, 0, stderr);
  const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: Array<{ path: string }> }];
  packed = files.map(({ path }) => path);

  await writeFile(join(folder, 'package.json'), '{ "name": "elsewhere", "private": true, "type": "module" }');
  const install = ['install', `./${filename}`, '--no-audit', '--no-fund', '--prefer-offline'];
  const installed = await run('npm', install, { cwd: folder });
  assert.equal(installed.code, 0, installed.stderr);
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
    'dist/demo/index.html',
    'README.md',
    'LICENSE',
  ]) {
    assert.ok(packed.includes(path), `${path} is missing`);
  }
  const used =
    /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|dist\/(server|widget|npm|types|demo)\/.+|dist\/config\.schema\.json|server\/telemetry\/dashboard\.json)$/;
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
  const strict = ['--strict', '--noEmit', '--target', 'es2022', '--module', 'nodenext', '--types', ''];
  const { stdout, code } = await run(
    process.execPath,
    [
      join(root, 'node_modules/@typescript/native/bin/tsc'),
      ...strict,
      '--lib',
      'es2023,dom,dom.iterable',
      file,
    ],
    { cwd: folder },
  );
  assert.equal(stdout, '');
  assert.equal(code, 0);
}
