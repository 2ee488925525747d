/** A real Caddy on a free port, in front of a proxy. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram, freePort, run, start } from './program.ts';

export interface Caddy {
  url: string;
  close(): Promise<void>;
}

/**
 * @param site directives of the site, in which PROXY is the address of the target
 * @throws when Caddy does not take them for valid
 */
export async function startCaddy(target: string, site: string): Promise<Caddy> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'rivulet-caddy-'));
  const directives = site.replaceAll('PROXY', new URL(target).host);
  await writeFile(
    join(folder, 'Caddyfile'),
    `{\n  admin off\n  auto_https off\n}\nhttp://127.0.0.1:${port} {\n${directives}\n}\n`,
  );
  const caddy = findProgram('caddy')!;
  const options = { cwd: folder, env: { HOME: folder } };
  const { code, stderr } = await run(caddy, ['validate', '--config', 'Caddyfile'], options);
  if (code !== 0) throw new Error(`Caddy does not understand ${directives}: ${stderr}`);
  const program = start(caddy, ['run', '--config', 'Caddyfile'], options);
  await program.says(/serving initial configuration/);
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      await program.end('SIGKILL');
      await rm(folder, { recursive: true });
    },
  };
}
