/** The least a proxy can be: `node:http` on both sides and a pipe between. What the proxy is measured beside. */

import { Agent, createServer, request } from 'node:http';

const agent = new Agent({ keepAlive: true });
const [listenOn, port] = process.argv.slice(2);

const server = createServer((incoming, outgoing) => {
  const upstream = request({ port, path: incoming.url, method: 'POST', agent }, response => {
    outgoing.writeHead(response.statusCode, { 'Content-Type': response.headers['content-type'] });
    response.on('error', () => outgoing.destroy()).pipe(outgoing);
  });
  upstream.on('error', () => outgoing.destroy());
  outgoing.on('close', () => upstream.destroy());
  incoming.pipe(upstream);
});

server.listen({ host: '127.0.0.1', port: listenOn, backlog: 8192 });
