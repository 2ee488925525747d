/** A command of the command line: what it takes and what it does. */

import type { ParseArgsConfig } from 'node:util';
import type { Config } from '../config/config.ts';

export type Values = Readonly<Record<string, string | boolean | undefined>>;

export interface Command {
  /** How it is called, and what it does: lines of `--help`. */
  help: string;
  options: NonNullable<ParseArgsConfig['options']>;
  /** How many arguments it takes besides its options. */
  maxArguments: number;
  /**
   * @param config what the settings file and the environment say
   * @param readAgain what they say by then; throws ConfigError
   * @returns the exit code; null for a command that goes on
   * @throws ConfigError for options that cannot be used
   */
  run(
    config: Config,
    values: Values,
    args: readonly string[],
    readAgain: () => Config,
  ): Promise<number | null>;
}
