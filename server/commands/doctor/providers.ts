/** Checks each provider: that it is there, takes the key, and has the models that visitors may ask for. */

import type { Model, ProviderAccess } from '../../config/models.ts';
import { providers as catalogue } from '../../config/providers.ts';
import type { Secret } from '../../config/secret.ts';
import { decode } from '../../latin1.ts';
import type { TransportResponse, Transports } from '../../upstream/transport.ts';
import { type Finding, ill, unseen, well } from './finding.ts';
import { noConnection } from './no-connection.ts';

const PATIENCE_MS = 10_000;
const MAX_LIST_BYTES = 4_000_000;
const ASK = 'rivulet-chat bench --runs 1 asks each of them.';

/** @param models the allowlist */
export function checkProviders(models: Iterable<Model>, transports: Transports): Promise<Finding[]> {
  const byProvider = new Map<ProviderAccess, Model[]>();
  for (const model of models)
    byProvider.set(model.provider, [...(byProvider.get(model.provider) ?? []), model]);
  const checks = [...byProvider].flatMap(([access, models]) =>
    keysOf(access).map(key => checkProvider(access, key, models, transports)),
  );
  return Promise.all(checks);
}

interface NamedKey {
  /** What is checked, such as `deepseek, key 2`. */
  name: string;
  secret: Secret | null;
}

function keysOf({ name, apiKeys }: ProviderAccess): NamedKey[] {
  if (apiKeys.length < 2) return [{ name, secret: apiKeys[0] ?? null }];
  return apiKeys.map((secret, at) => ({ name: `${name}, key ${at + 1}`, secret }));
}

async function checkProvider(
  access: ProviderAccess,
  { name, secret }: NamedKey,
  models: readonly Model[],
  transports: Transports,
): Promise<Finding> {
  const url = new URL(`${access.baseUrl}/models`);
  if (url.protocol === 'demo:') {
    const keys = catalogue.map(({ keyVariable }) => keyVariable).join(', ');
    return unseen(`No key is set, so that the built-in demo model answers. Set one of ${keys}.`);
  }
  const signal = AbortSignal.timeout(PATIENCE_MS);
  let status: number;
  let text: string;
  try {
    const response = await transports[url.protocol]!({
      method: 'GET',
      url: url.href,
      headers: {
        accept: 'application/json',
        'accept-encoding': 'identity',
        'user-agent': 'rivulet-chat',
        ...(secret ? { authorization: `Bearer ${secret.reveal()}` } : {}),
      },
      body: '',
      signal,
      connectMs: PATIENCE_MS,
    });
    status = response.status;
    text = await readText(response);
  } catch (thrown) {
    return noConnection(name, url.host, thrown);
  }
  const listIgnoresKey = catalogue.find(entry => entry.name === access.name)?.listIgnoresKey === true;
  return judge(name, models, { status, offered: idsOf(text), listIgnoresKey });
}

interface Answered {
  status: number;
  /** The ids in the list; null where there is none. */
  offered: readonly string[] | null;
  listIgnoresKey: boolean;
}

function judge(name: string, models: readonly Model[], answered: Answered): Finding {
  const { status, offered, listIgnoresKey } = answered;
  if (status === 401 || status === 403) {
    if (listIgnoresKey) return unseen(`${name}: its list of models does not take the key. ${ASK}`);
    return ill(`${name}: the key is refused (${status}).`, [
      'Set a key that is valid for this base URL: those of one region or platform are often refused by another.',
    ]);
  }
  if (status === 402) return ill(`${name}: there is no credit left (402).`, ['Charge the account.']);
  if (status === 429) return unseen(`${name}: it is asked too often just now (429). Try again later.`);
  if (status >= 500) return ill(`${name}: it fails (${status}).`, ["See the provider's status page."]);
  if (!offered) {
    return unseen(
      `${name}: it has no list of models (${status}), so that key and models are not checked. ${ASK}`,
    );
  }
  // Some lists have the model's path before its id.
  const unknown = models.filter(
    ({ upstreamId }) => !offered.some(id => id === upstreamId || id.endsWith(`/${upstreamId}`)),
  );
  if (unknown.length > 0) {
    return ill(`${name}: unknown model ${unknown.map(({ upstreamId }) => upstreamId).join(', ')}.`, [
      `It has ${offered.slice(0, 12).join(', ')}${offered.length > 12 ? ', …' : ''}.`,
    ]);
  }
  const known = models.map(({ upstreamId }) => upstreamId).join(', ');
  if (listIgnoresKey) return unseen(`${name}: it has ${known}; its list says nothing of the key. ${ASK}`);
  return well(`${name}: it takes the key and has ${known}.`);
}

async function readText(response: TransportResponse): Promise<string> {
  let read = '';
  await response.read(bytes => {
    read += bytes;
    return read.length < MAX_LIST_BYTES;
  });
  return decode(read);
}

/** Of OpenAI's list shape. */
function idsOf(text: string): string[] | null {
  try {
    const { data } = JSON.parse(text) as { data: Array<{ id: unknown }> };
    return data.map(({ id }) => String(id));
  } catch {
    return null;
  }
}
