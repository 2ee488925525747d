/** For browser tests: where the real servers are. */

export interface RealServers {
  /** Base URL of the proxy. */
  proxy: string;
  /** The streams of test/fixtures/streams; `replay:<name>` and `replay-bytes:<name>` are models of the proxy. */
  recordings: string[];
}

export async function realServers(): Promise<RealServers> {
  return (await fetch('/real-servers.json')).json();
}
