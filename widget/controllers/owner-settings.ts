/** Holds what the site owner set for the widget on the server; loads it once the chat shows. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { PageHeaders } from '../client/send.ts';
import { fetchSettings, type OwnerSettings } from '../client/settings.ts';

interface Host extends ReactiveControllerHost {
  readonly headers?: PageHeaders | undefined;
}

export class OwnerSettingsController implements ReactiveController {
  /** Empty until they have come, and for a server that has none. */
  settings: OwnerSettings = {};
  readonly #host: Host;
  readonly #endpoint: () => string | undefined;
  #loadedFrom: string | undefined;
  #loading: Promise<void> | undefined;
  #abort = new AbortController();

  /** `endpoint` is undefined while nothing needs them; another one has settings of its own. */
  constructor(host: Host, endpoint: () => string | undefined) {
    this.#host = host;
    this.#endpoint = endpoint;
    host.addController(this);
  }

  hostUpdated(): void {
    const endpoint = this.#endpoint();
    if (endpoint !== undefined && endpoint !== this.#loadedFrom) this.#loading = this.#load(endpoint);
  }

  /** Fulfilled when they have come, or cannot. Where the server could not be reached, it is asked again. */
  known(): Promise<void> | undefined {
    const endpoint = this.#endpoint();
    if (endpoint !== undefined) this.#loading ??= this.#load(endpoint);
    return this.#loading;
  }

  async #load(endpoint: string): Promise<void> {
    this.#abort.abort();
    const { signal } = (this.#abort = new AbortController());
    this.#loadedFrom = endpoint;
    const settings = await fetchSettings(endpoint, signal, this.#host.headers);
    if (signal.aborted) return;
    if (!settings) this.#loading = undefined;
    this.settings = settings ?? {};
    // Without it a chat works too.
    if (this.settings.all?.attachments) import('../elements/attachments.ts').catch(() => {});
    this.#host.requestUpdate();
  }
}
