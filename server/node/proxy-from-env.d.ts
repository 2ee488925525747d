/** The package brings no types. */
declare module 'proxy-from-env' {
  /** The proxy for requests to `url`, as the environment has it; empty where they go straight. */
  export function getProxyForUrl(url: string): string;
}
