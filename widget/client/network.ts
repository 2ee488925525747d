/** What a lost connection is called: only the browser knows whether there is a network at all. */

export function lostConnection(): 'offline' | 'disconnected' {
  // Node 20 has no navigator.
  return globalThis.navigator?.onLine === false ? 'offline' : 'disconnected';
}
