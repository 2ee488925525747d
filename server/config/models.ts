/** The allowlist: the models that visitors may ask for, and where each of them is. */

import type { Price } from '../protocol.ts';
import type { Quirks } from './providers.ts';
import type { Secret } from './secret.ts';

export interface ProviderAccess {
  name: string;
  /** Requests go to `${baseUrl}/chat/completions`. */
  baseUrl: string;
  /** Used in turn; none where the provider needs none. */
  apiKeys: readonly Secret[];
  quirks: Quirks;
  /** Functions of pages that may be offered where the settings say nothing of them, by name. */
  tools?: readonly string[];
}

export interface Model {
  /** What clients ask for. */
  id: string;
  /** What the upstream is asked for. */
  upstreamId: string;
  label: string;
  vision: boolean;
  price: Price | null;
  /** Request fields that the model answers with an error. */
  refuses: readonly string[];
  provider: ProviderAccess;
}

/** Model ids to models: a Map, so that `__proto__` is just another unknown model. */
export type Models = ReadonlyMap<string, Model>;
