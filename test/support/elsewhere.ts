/** The proxy on other runtimes than Node: as the examples in demo/deploy start it, and by its command on those that can run it. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { build } from 'vite';
import { root } from './clone.mjs';
import { findProgram, freePort, missingProgram, noSettings, start } from './program.ts';

export interface ElsewhereProxy {
  /** Base URL without a slash at the end. */
  url: string;
  close(): Promise<void>;
}

export interface Elsewhere {
  name: string;
  /** Why it is not here; null where it is. */
  missing: string | null;
  /** Whether it notices a client that goes away before anything was written to it. */
  seesEarlyLeaving: boolean;
  start(settings: object): Promise<ElsewhereProxy>;
}

export const elsewhere: readonly Elsewhere[] = [
  { name: 'workerd', missing: null, seesEarlyLeaving: false, start: startWorker },
  ...onProgram('bun', ['run']),
  ...onProgram('deno', ['run', '--allow-all']),
];

/** A program that is named by a variable such as BUN, or is on the PATH: its example and the command. */
function onProgram(name: string, args: string[]): Elsewhere[] {
  const path = findProgram(name);
  const missing = path ? null : missingProgram(name);
  const run = (script: string, folder: string, settings: object) =>
    startProgram(path!, [...args, script], folder, settings);
  return [
    {
      name: `${name}, as a fetch handler`,
      missing,
      seesEarlyLeaving: true,
      start: async settings => {
        const folder = await mkdtemp(join(tmpdir(), `rivulet-${name}-`));
        const script = join(folder, 'server.mjs');
        await writeFile(script, await bundle(`${name}.js`));
        return run(script, folder, settings);
      },
    },
    {
      name: `${name}, by the command`,
      missing,
      seesEarlyLeaving: true,
      start: async settings =>
        run(join(root, 'server/cli.ts'), await mkdtemp(join(tmpdir(), `rivulet-${name}-`)), settings),
    },
  ];
}

async function startProgram(
  path: string,
  args: string[],
  folder: string,
  settings: object,
): Promise<ElsewhereProxy> {
  await writeFile(join(folder, 'rivulet.config.json'), JSON.stringify(settings));
  const port = await freePort();
  const program = start(path, args, { cwd: folder, env: { ...noSettings, PORT: String(port) } });
  await program.says(/http:\/\/localhost/);
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      await program.end('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Miniflare {
  ready: Promise<URL>;
  dispose(): Promise<void>;
}

/** As wrangler.json has it, but for its settings. */
async function startWorker(settings: object): Promise<ElsewhereProxy> {
  const wrangler = JSON.parse(await readFile(join(root, 'demo/deploy/wrangler.json'), 'utf8'));
  const bindings: Array<{ name: string; class_name: string }> = wrangler.durable_objects.bindings;
  // Asked for at run time, it brings no declarations: they need packages that do not come with them.
  const { Miniflare } = createRequire(import.meta.url)('miniflare') as {
    Miniflare: new (options: object) => Miniflare;
  };
  const miniflare = new Miniflare({
    modules: true,
    script: await bundle(wrangler.main),
    compatibilityDate: wrangler.compatibility_date,
    compatibilityFlags: wrangler.compatibility_flags,
    durableObjects: Object.fromEntries(bindings.map(({ name, class_name }) => [name, class_name])),
    bindings: { SETTINGS: settings },
    host: '127.0.0.1',
    port: 0,
    // What it logs is nobody's here.
    handleRuntimeStdio: (stdout: Readable, stderr: Readable) => {
      stdout.resume();
      stderr.resume();
    },
  });
  return { url: (await miniflare.ready).origin, close: () => miniflare.dispose() };
}

/** An example of demo/deploy with all that it imports, as a text. */
async function bundle(example: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { 'rivulet-chat/server': join(root, 'server/index.ts') } },
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: join(root, 'demo/deploy', example), formats: ['es'] },
      rolldownOptions: { external: ['cloudflare:workers'] },
    },
  });
  const [output] = [built].flat();
  if (!output || !('output' in output)) throw new Error(`The build of ${example} has no output.`);
  return output.output[0].code;
}
