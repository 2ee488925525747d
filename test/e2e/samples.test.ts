/** Every piece of code in the documentation does what it is there for; those that no test can run are listed here. */

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { parts } from '../../demo/parts.ts';
import { loadConfig, variables } from '../../server/config/load.ts';
import { providers } from '../../server/config/providers.ts';
import { launchBrowser, openPage } from '../support/browser.ts';
import { root } from '../support/clone.mjs';
import { compile } from '../support/compile.ts';
import { nginxSays } from '../support/nginx.ts';
import { importMap, serveScripts } from '../support/package-in-page.ts';
import { noSettings, run } from '../support/program.ts';
import { startProxy, type TestProxy } from '../support/proxy.ts';
import { readmeCode, type Sample, samplesOf } from '../support/samples.ts';
import { startSite, type Site } from '../support/site.ts';
import { WEBHOOK_SECRET } from '../support/webhook.ts';

const guides = 'demo/docs/guides';
/** For all that settings have a secret for. */
const SECRET = WEBHOOK_SECRET;
const pages = ['README.md', ...(await readdir(join(root, guides))).map(name => `${guides}/${name}`)];
const samples = pages.flatMap(samplesOf).filter(({ language }) => language);
const tried = samples.filter(({ untried }) => !untried);
/** The README's own interface is two files of one page, which are tried together: `headless.test.ts`. */
const ownInterface = ['rivulet-chat/client', 'rivulet-chat/markdown'].map(readmeCode);

let browser: Browser;
let proxy: TestProxy;
let site: Site;
/** Where the package is installed. */
let folder: string;

before(async () => {
  const tools = tried.flatMap(({ code }) =>
    [...code.matchAll(/^ {4}name: '(\w+)'/gm)].map(([, name]) => name),
  );
  [browser, proxy, folder] = await Promise.all([
    launchBrowser(),
    startProxy({
      tools: [...new Set(tools)],
      session: { secret: SECRET },
      limits: { streamsPerClient: tried.length },
    }),
    mkdtemp(join(tmpdir(), 'rivulet-samples-')),
  ]);
  site = await startSite(Object.fromEntries(tried.map(sample => [pathOf(sample), pageOf(sample)])));
  await mkdir(join(folder, 'node_modules'));
  await symlink(root, join(folder, 'node_modules/rivulet-chat'));
  await symlink(join(root, 'node_modules/jose'), join(folder, 'node_modules/jose'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
});
after(async () => {
  await browser.close();
  site.close();
  await proxy.close();
  await rm(folder, { recursive: true, force: true });
});

test('these pieces of code are run by no test', () => {
  const untried = samples.flatMap(({ language, untried }) => (untried ? `${language}: ${untried}` : []));
  assert.deepEqual(untried.sort(), [
    'caddyfile: the README has the same lines, which are tried where there is a Caddy',
    'caddyfile: the doctor looks at it where there is a Caddy',
    'dockerfile: its commands are tried on the package, without Docker',
    "html: it is deep-chat's",
    'ini: systemd has to be running',
    "js: it is n8n chat's",
    'jsx: a piece of the example for react, which is run',
    'jsx: a piece of the example for solid, which is run',
    'sh: needs Docker',
    'sh: needs Docker',
    'svelte: a piece of the example for svelte, which is run',
    'ts: a piece of the example for angular, which is run',
    'vue: a piece of the example for vue, which is run',
    'yaml: needs Docker',
  ]);
});

// Two at a time: while one waits for its answer, the other loads its page.
test('each of the others, commands apart, does what it is there for', { concurrency: 2 }, t =>
  Promise.all(
    tried
      .filter(({ language, code }) => language !== 'sh' && !ownInterface.includes(code))
      .map(sample => t.test(`${sample.page}:${sample.line} ${sample.language}`, () => runSample(sample))),
  ).then(() => undefined),
);

test('commands are those of the package and of npm, with options and variables that they know', async () => {
  const known = new Set([
    ...Object.keys(variables),
    ...providers.flatMap(({ name, keyVariable }) => [keyVariable, `${name.toUpperCase()}_BASE_URL`]),
  ]);
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const lines = tried.flatMap(({ language, code }) => (language === 'sh' ? code.trim().split('\n') : []));
  const own = lines.flatMap(written => {
    const line = written.replace(/\s+# .*$/, '');
    const words = (line.match(/"[^"]*"|\S+/g) ?? []).map(word => word.replaceAll('"', ''));
    const command = words.findIndex(word => !/^[A-Z_]+=/.test(word));
    for (const word of words.slice(0, command)) assert.ok(known.has(word.split('=')[0]!), line);
    const [program, ...args] = words.slice(command).filter(word => word !== 'npx');
    if (program === 'rivulet-chat') return [args];
    assert.ok(program === 'npm' && scripts[args[0] === 'run' ? args[1]! : args[0]!], line);
    return [];
  });
  // The command looks at its options itself; asked for help, it does nothing else.
  const use = `const lines = ${JSON.stringify(own)};
    for (const [n, args] of lines.entries()) {
      process.argv = ['node', 'rivulet-chat', ...args, '--help'];
      await import(${JSON.stringify(pathToFileURL(join(root, 'dist/server/cli.js')).href)} + '?' + n);
    }`;
  const ended = await run(process.execPath, ['--input-type=module', '--eval', use], {
    cwd: folder,
    env: noSettings,
  });
  assert.equal(ended.code, 0, ended.stderr);
  for (const [name] of own)
    if (name && !name.startsWith('-'))
      assert.match(ended.stdout, new RegExp(`^rivulet-chat \\[?${name}\\b`, 'm'));
});

test('JavaScript is right by the package’s types', async () => {
  const programs = tried.filter(({ language }) => language === 'js');
  for (const [n, { code }] of programs.entries()) await writeFile(join(folder, `sample-${n}.js`), code);
  await writeFile(join(folder, 'chat.js'), ownInterface[0]!);
  await writeFile(
    join(folder, 'page.d.ts'),
    `import 'rivulet-chat'; declare global { ${takenForGranted.types} }`,
  );
  const files = [...programs.keys()].map(n => `sample-${n}.js`);
  const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')];
  const javascript = ['--allowJs', '--checkJs', '--strict', 'false', '--moduleDetection', 'force'];
  assert.equal(await compile(folder, [...types, ...javascript, 'page.d.ts', ...files]), '');
});

function runSample(sample: Sample): Promise<void> {
  switch (sample.language) {
    case 'html':
    case 'http':
      return expectAnswer(sample);
    case 'css':
      return expectStyled(sample);
    case 'js':
      return /\bprocess\.|'rivulet-chat\/server'/.test(sample.code)
        ? runInNode(sample)
        : expectAnswer(sample);
    case 'json':
      return loadSettings(sample);
    case 'nginx':
      return checkNginx(sample);
    default:
      throw new Error(`Nothing here runs ${sample.language}: run it, or say at its fence why it is untried.`);
  }
}

// ---- On pages ----

/** Functions that pages of readers have. */
const takenForGranted = {
  types: 'function bookingCard(id: unknown): HTMLElement; function solveCaptcha(): Promise<string>;',
  script: `
    function bookingCard(id) { return document.createElement('p'); }
    function solveCaptcha() { return Promise.resolve('solved'); }`,
};

function pathOf({ page, line }: Sample): string {
  return `/${page}/${line}`;
}

/** The page that a reader would make of it, with the parts that it takes for granted. */
function pageOf({ language, code }: Sample): string | { html: string; headers: Record<string, string> } {
  const tag = `<script src="${proxy.url}/widget.js" async></script>`;
  const begin = '<!doctype html><html lang="en"><title>Sample</title><body>';
  switch (language) {
    case 'html':
      return begin + here(code) + (code.includes('<script') ? '' : tag);
    case 'http': {
      const [, name, value] = /^([\w-]+): (.*)\n$/.exec(here(code))!;
      return { html: begin + tag, headers: { [name!]: value! } };
    }
    case 'css':
      return `${begin}<style>${code}</style><rivulet-chat></rivulet-chat>${tag}`;
    default:
      return `${begin}${importMap}<rivulet-chat persist="none"></rivulet-chat>${tag}`;
  }
}

function here(code: string): string {
  return code.replaceAll('https://your-proxy.example', proxy.url);
}

async function open(sample: Sample): Promise<{ page: Page; problems: string[] }> {
  const { page, problems } = await openPage(browser);
  await serveScripts(page, site.origin, { '/sample.js': here(sample.code) });
  await page.addInitScript({ content: takenForGranted.script });
  await page.route(`${site.origin}/chat-token`, async route =>
    route.fulfill({ body: await tokenOf(sample.page) }),
  );
  await page.route(`${site.origin}/flights?*`, route => route.fulfill({ json: [] }));
  await page.goto(`${site.origin}${pathOf(sample)}`);
  return { page, problems };
}

/** The page's chat answers, and nothing goes wrong; where the sample has given it functions, they are called. */
async function expectAnswer(sample: Sample): Promise<void> {
  const { page, problems } = await open(sample);
  const hasTools = sample.language === 'js' && sample.code.includes('.tools =');
  if (sample.language === 'js') await runInPage(page);
  else if (!sample.code.includes('<rivulet-chat'))
    await page.locator('rivulet-launcher button').first().click();
  const field = page.locator('rivulet-chat').getByRole('textbox');
  // A short answer, and where there are functions, their results.
  await field.fill('/tools');
  await field.press('Enter');
  if (sample.code.includes('confirm:'))
    await page.getByRole('button', { name: 'Allow', exact: true }).click();
  const said = hasTools ? 'This is what it told me' : 'it has handed me none';
  const answer = page.locator('rivulet-answer', { hasText: said });
  await answer.locator('.actions button').first().waitFor();
  await page.context().close();
  assert.deepEqual(problems, []);
}

/** Its functions are called too, with what they want. */
function runInPage(page: Page): Promise<void> {
  return page.evaluate(async () => {
    await customElements.whenDefined('rivulet-chat');
    const sample = (await import(new URL('/sample.js', location.href).href)) as Record<string, () => unknown>;
    for (const exported of Object.values(sample)) await exported();
  });
}

/** The browser understands it, the chat gets it, and the pieces that it names are there. */
async function expectStyled(sample: Sample): Promise<void> {
  const { page } = await open(sample);
  await page.locator('rivulet-chat').getByRole('textbox').waitFor();
  const [rules, missing] = await page.evaluate(() => {
    const chat = getComputedStyle(document.querySelector('rivulet-chat')!);
    const rules = [...document.styleSheets[0]!.cssRules] as CSSStyleRule[];
    const missing = rules.flatMap(({ style }) =>
      [...style].filter(
        name => name.startsWith('--') && chat.getPropertyValue(name) !== style.getPropertyValue(name),
      ),
    );
    return [rules.map(({ style }) => style.length), missing];
  });
  assert.equal(rules.length, sample.code.split('{').length - 1);
  assert.ok(rules.every(length => length > 0));
  assert.deepEqual(missing, []);
  const named = [...sample.code.matchAll(/::part\(([\w-]+)\)/g)].map(([, name]) => name);
  assert.deepEqual(
    named.filter(name => !parts.some(([part]) => part === name)),
    [],
  );
  const manifest = await readFile(join(root, 'dist/npm/custom-elements.json'), 'utf8');
  const properties = sample.code.match(/--rivulet-[\w-]+/g) ?? [];
  assert.deepEqual(
    properties.filter(name => !manifest.includes(`"${name}"`)),
    [],
  );
  await page.context().close();
}

/** What the site's own backend makes, with the code that the same page has for it. */
async function tokenOf(page: string): Promise<string> {
  const { code, line } = tried.find(sample => sample.page === page && sample.code.includes('chatToken'))!;
  const file = join(folder, `backend-${line}.js`);
  await writeFile(file, code.replace('https://example.com', site.origin));
  process.env.SESSION_SECRET = SECRET;
  const backend = (await import(pathToFileURL(file).href)) as { chatToken(user: string): Promise<string> };
  return backend.chatToken('user-17');
}

// ---- Elsewhere ----

async function runInNode({ code, line }: Sample): Promise<void> {
  const file = `node-${line}.js`;
  await writeFile(join(folder, file), code);
  const use = `const sample = await import('./${file}');
    for (const exported of Object.values(sample)) await exported('user-17');`;
  const env = { ...noSettings, SESSION_SECRET: SECRET };
  const ended = await run(process.execPath, ['--input-type=module', '--eval', use], { cwd: folder, env });
  assert.equal(ended.code, 0, ended.stderr);
}

async function loadSettings({ code }: Sample): Promise<void> {
  const names = [...code.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => [name, SECRET]);
  const config = loadConfig({ name: 'rivulet.config.json', text: code }, Object.fromEntries(names));
  assert.ok(config.models.size > 0);
}

async function checkNginx({ code }: Sample): Promise<void> {
  const isHttp = /^(server|upstream)\b/.test(code);
  assert.equal(await nginxSays(isHttp ? code : `server { listen 8080; ${code} }`), '');
}
