/** A real nginx on a free port, in front of a proxy. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, run } from './program.ts';
import { ensureNginx } from './system.mjs';

export interface Nginx {
  url: string;
  close(): Promise<void>;
}

/** @param location directives beside `proxy_pass` */
export function startNginx(target: string, location: string): Promise<Nginx> {
  return startServer(
    port => `server { listen 127.0.0.1:${port}; location / { proxy_pass ${target}; ${location} } }`,
  );
}

/** @param server the block of that name, which listens on the port */
export async function startServer(server: (port: number) => string): Promise<Nginx> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'rivulet-nginx-'));
  await writeConfig(folder, server(port));
  const program = spawn(ensureNginx(), ['-p', folder, '-c', 'nginx.conf'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await untilOpen(port, program);
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      const gone = once(program, 'exit');
      program.kill('SIGKILL');
      await gone;
      await rm(folder, { recursive: true });
    },
  };
}

/** What `nginx -t` says of such a part of `http { … }`; empty where it has nothing to say against it. */
export async function nginxSays(http: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rivulet-nginx-'));
  await writeConfig(folder, http);
  const { code, stderr } = await run(ensureNginx(), ['-t', '-p', folder, '-c', 'nginx.conf'], {
    cwd: folder,
  });
  await rm(folder, { recursive: true });
  return code === 0 ? '' : stderr;
}

async function writeConfig(folder: string, http: string): Promise<void> {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map(name => `${name}_temp_path ${folder}/${name};`)
    .join(' ');
  await writeFile(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; worker_processes 1; pid ${folder}/pid; error_log stderr crit;
    events { worker_connections 512; }
    http { access_log off; ${temporary} ${http} }`,
  );
}

async function untilOpen(port: number, server: ChildProcess): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error('nginx has not started.');
    const socket = connect(port, '127.0.0.1');
    const open = await new Promise(resolve =>
      socket.on('connect', () => resolve(true)).on('error', () => resolve(false)),
    );
    socket.destroy();
    if (open) return;
    await pause(20);
  }
}
