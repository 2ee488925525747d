/** Holds what the site owner set for the widget on the server; loads it once the chat shows. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { fetchSettings, type OwnerSettings } from '../client/settings.ts';

export class OwnerSettingsController implements ReactiveController {
  /** Empty until they have come, and for a server that has none. */
  settings: OwnerSettings = {};
  readonly #host: ReactiveControllerHost;
  readonly #endpoint: () => string | undefined;
  #loadedFrom: string | undefined;
  #loading: AbortController | undefined;

  /** `endpoint` is undefined while nothing needs them; another one has settings of its own. */
  constructor(host: ReactiveControllerHost, endpoint: () => string | undefined) {
    this.#host = host;
    this.#endpoint = endpoint;
    host.addController(this);
  }

  hostUpdated(): void {
    const endpoint = this.#endpoint();
    if (endpoint !== undefined && endpoint !== this.#loadedFrom) void this.#load(endpoint);
  }

  async #load(endpoint: string): Promise<void> {
    this.#loading?.abort();
    const { signal } = (this.#loading = new AbortController());
    this.#loadedFrom = endpoint;
    const settings = await fetchSettings(endpoint, signal);
    if (signal.aborted) return;
    this.settings = settings;
    this.#host.requestUpdate();
  }
}
