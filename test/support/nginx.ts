/** A real nginx on a free port, in front of a proxy. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './program.ts';
import { ensureNginx } from './system.mjs';

export interface Nginx {
  url: string;
  close(): Promise<void>;
}

/** @param location directives beside `proxy_pass` */
export async function startNginx(target: string, location: string): Promise<Nginx> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'rivulet-nginx-'));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map(name => `${name}_temp_path ${folder}/${name};`)
    .join(' ');
  await writeFile(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; worker_processes 1; pid ${folder}/pid; error_log stderr crit;
    events { worker_connections 512; }
    http {
      access_log off; ${temporary}
      server { listen 127.0.0.1:${port}; location / { proxy_pass ${target}; ${location} } }
    }`,
  );
  const server = spawn(ensureNginx(), ['-p', folder, '-c', 'nginx.conf'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await untilOpen(port, server);
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      const gone = once(server, 'exit');
      server.kill('SIGKILL');
      await gone;
      await rm(folder, { recursive: true });
    },
  };
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
