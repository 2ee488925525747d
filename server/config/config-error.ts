/** What is wrong with the settings, and where half of them come from. */

/** A setting that cannot be used; its message is one sentence for the operator. */
export class ConfigError extends Error {}

/** Variables; an empty one counts as not set. */
export type Environment = Readonly<Record<string, string | undefined>>;
