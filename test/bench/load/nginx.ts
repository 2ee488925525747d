/** nginx as a proxy that buffers nothing, one worker, from wherever the system has it. */

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exit, type Running, untilListening, type Usage } from './processes.ts';

/** Null where there is none. */
export async function startNginx(port: number, upstreamPort: number): Promise<Running | null> {
  const program = ['nginx', '/usr/sbin/nginx'].find(name => !spawnSync(name, ['-v']).error);
  if (!program || process.platform !== 'linux') return null;
  const folder = await mkdtemp(join(tmpdir(), 'rivulet-nginx-'));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    name => `${name}_temp_path ${folder}/${name};`,
  );
  await writeFile(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid ${folder}/pid; error_log stderr crit; worker_rlimit_nofile 20000;
events { worker_connections 10000; }
http {
  access_log off;
  ${temporary.join('\n  ')}
  upstream bench { server 127.0.0.1:${upstreamPort}; keepalive 100; }
  server {
    listen 127.0.0.1:${port} backlog=8192;
    location / { proxy_pass http://bench; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off; }
  }
}
`,
  );
  const child = spawn(program, ['-p', folder, '-c', join(folder, 'nginx.conf')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await untilListening(child, port);
  return {
    port,
    usage: async () => usageOf(child.pid!),
    close: async () => {
      await exit(child);
      await rm(folder, { recursive: true });
    },
  };
}

/** What Linux says of a process: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function usageOf(pid: number): Usage {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [user, system, pages] = [fields[11]!, fields[12]!, fields[21]!];
  return { cpuSeconds: (user + system) / TICKS, rssBytes: pages * PAGE_BYTES };
}

const [TICKS, PAGE_BYTES] = ['CLK_TCK', 'PAGESIZE'].map(setting) as [number, number];

function setting(name: string): number {
  return process.platform === 'linux' ? Number(execFileSync('getconf', [name], { encoding: 'utf8' })) : 1;
}
