/** What the proxy tells its operator: structured lines, never content, never a key. */

export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/**
 * Makes a text from elsewhere fit for the log: no key that this process knows, nothing that looks like one, and short.
 * @param secrets the keys in use
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  return text => {
    for (const secret of secrets) if (secret !== '') text = text.replaceAll(secret, '[redacted]');
    return text
      .replace(/\b(Bearer|Basic)\s+[^\s"',;]+/gi, '$1 [redacted]')
      .replace(/\b(sk|pk|rk|key)[-_][\w-]{8,}/gi, '[redacted]')
      .replace(/([?&](?:key|token|api_key|apikey|access_token)=)[^&\s"']+/gi, '$1[redacted]')
      .slice(0, 1_000);
  };
}
