/**
 * An HTTP proxy as companies have them, a process of its own: it tunnels (CONNECT) and forwards (absolute URLs), for those
 * who have its password. A tunnel to port 9 it accepts and never opens. `node test/support/forward-proxy.mjs` prints
 * `{"port":n}`; GET /stats says what it has seen since the last time.
 */

import { createServer, request } from 'node:http';
import { connect } from 'node:net';

const PASSWORD = `Basic ${Buffer.from('me:pass word').toString('base64')}`;
const seen = nothingSeen();

const server = createServer((req, res) => {
  if (req.url === '/stats') {
    res.end(JSON.stringify(seen));
    Object.assign(seen, nothingSeen());
    return;
  }
  if (!isLetIn(req)) return res.writeHead(407).end('upstream-says: who are you?');
  seen.forwarded += 1;
  const { 'proxy-authorization': _, 'proxy-connection': __, ...headers } = req.headers;
  const onward = request(req.url, { method: req.method, headers }, answer => {
    res.writeHead(answer.statusCode, answer.headers);
    answer.pipe(res);
  });
  onward.on('error', () => res.destroy());
  res.on('close', () => onward.destroy());
  req.pipe(onward);
});

server.on('connect', (req, client, head) => {
  client.on('error', () => {});
  if (!isLetIn(req)) return client.end('HTTP/1.1 407 Who are you?\r\nContent-Length: 0\r\n\r\n');
  seen.tunnels += 1;
  const [host, port] = req.url.split(':');
  if (port === '9') return;
  const onward = connect(Number(port), host, () => {
    client.write('HTTP/1.1 200 Go on\r\n\r\n');
    onward.write(head);
    onward.pipe(client).pipe(onward);
  });
  onward.on('error', () => client.destroy());
  onward.on('close', () => client.destroy());
  client.on('close', () => onward.destroy());
});

server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })));
// Started by a test that has died, it must not stay.
process.on('disconnect', () => process.exit());

function isLetIn(req) {
  if (req.headers['proxy-authorization'] === PASSWORD) return true;
  seen.refused += 1;
  return false;
}

function nothingSeen() {
  return { tunnels: 0, forwarded: 0, refused: 0 };
}
