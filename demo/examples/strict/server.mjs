/**
 * A page with a strict policy, on a server of its own. `node server.mjs https://your-proxy.example` asks the command
 * `rivulet-chat integrity` for the tags that the page needs and for the line of the policy that lets them in.
 */

import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

const [proxy] = process.argv.slice(2);
// As `npx rivulet-chat integrity …` is where the package is installed.
const command = fileURLToPath(new URL('cli.js', import.meta.resolve('rivulet-chat/server')));
const printed = execFileSync(process.execPath, [command, 'integrity', proxy], { encoding: 'utf8' });
const [tags] = /^<script[^]*<\/script>$/m.exec(printed);
const [scripts] = /script-src .*/.exec(printed);

const headers = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': [
    "default-src 'none'",
    scripts,
    `connect-src ${proxy}`,
    "style-src 'self'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; '),
  'Integrity-Policy': 'blocked-destinations=(script)',
};

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Rivulet under a strict policy</title>
  </head>
  <body>
    <h1>A bank</h1>
    <rivulet-chat endpoint="${proxy}"></rivulet-chat>
    ${tags}
  </body>
</html>`;

const server = createServer((request, response) => {
  if (request.url === '/') response.writeHead(200, headers).end(page);
  else response.writeHead(204).end();
});
server.listen(0, 'localhost', () => console.log(`strict    http://localhost:${server.address().port}/`));
