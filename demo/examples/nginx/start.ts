/** Starts an nginx with the site of this folder: `site.conf` on a free port, for the proxy that is there. */

import { readFileSync } from 'node:fs';
import { startServer } from '../../../test/support/nginx.ts';

const [proxy] = process.argv.slice(2);
const conf = readFileSync(new URL('site.conf', import.meta.url), 'utf8');
const nginx = await startServer(port =>
  conf
    .replace('127.0.0.1:8080', `127.0.0.1:${port}`)
    .replace('root .;', `root ${import.meta.dirname};`)
    .replace('http://127.0.0.1:3000', proxy!),
);
console.log(`nginx     ${nginx.url}/`);
process.once('SIGTERM', () => void nginx.close());
