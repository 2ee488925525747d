/** Words for a connection that did not come about, and what to do about it. */

import { type Finding, ill } from './finding.ts';

const TLS = /^(CERT_|ERR_TLS|ERR_SSL|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|EPROTO)/;

/**
 * @param what who was to be reached, such as `deepseek`
 * @param thrown what Node's client threw
 */
export function noConnection(what: string, host: string, thrown: unknown): Finding {
  const { code = '', message } = thrown as NodeJS.ErrnoException;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return ill(`${what}: no DNS: there is no address for ${host} (${code}).`, [
      'Check the base URL, and the name server of this machine.',
    ]);
  }
  if (TLS.test(code)) {
    return ill(`${what}: TLS: ${host} has no certificate that is trusted here (${code}).`, [
      'Renew it or serve its whole chain; one of your own authority is trusted by NODE_EXTRA_CA_CERTS=<file>.',
      'Check the clock of this machine.',
    ]);
  }
  return ill(`${what}: no connection to ${host} (${code || message}).`, [
    'Check the base URL, the port, and the firewall between.',
  ]);
}
