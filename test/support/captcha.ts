/** A captcha's service, as a proxy asks it. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Captcha {
  /** The forms that it was sent. */
  asked: URLSearchParams[];
  verifyUrl: string;
  close(): void;
}

/** @param answer what it says to a visitor's response; null lets it hang */
export async function startCaptcha(
  answer: (response: string | null) => { status?: number; body: string } | null,
): Promise<Captcha> {
  const asked: URLSearchParams[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const text of request) body += text;
    const form = new URLSearchParams(body);
    asked.push(form);
    const said = answer(form.get('response'));
    if (said) response.writeHead(said.status ?? 200, { 'Content-Type': 'application/json' }).end(said.body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    asked,
    verifyUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/siteverify`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** One that knows a person when it sees one. */
export function startHonestCaptcha(): Promise<Captcha> {
  return startCaptcha(proof => ({ body: JSON.stringify({ success: proof === 'a person' }) }));
}
