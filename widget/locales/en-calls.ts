/** What is said of the functions of the page that an answer calls, in English. */

import type { ToolCall } from '../conversation/message.ts';

export const enCalls = {
  /** Why one did not come to its end. */
  reasons: {
    unknown: 'Not there on this page',
    unreadable_arguments: 'Could not be read',
    too_long: 'Too long to run',
    threw: 'Failed',
    too_slow: 'Took too long',
    unreadable_result: 'What it gave could not be read',
    too_many_rounds: 'Not run',
    by_visitor: 'Not allowed by you',
    by_page: 'Not allowed by this page',
  } satisfies Record<NonNullable<ToolCall['reason']>, string>,
  statuses: {
    written: 'Preparing…',
    asked: 'Waits for you',
    running: 'Running…',
    done: 'Done',
    failed: 'Failed',
    refused: 'Not allowed',
    interrupted: 'Interrupted',
  } satisfies Record<ToolCall['status'], string>,
  /** Before a call that the visitor is asked about, and spoken by screen readers. */
  asks: (name: string) => `Allow “${name}”?`,
  allow: 'Allow',
  refuse: 'Don’t allow',
  arguments: 'With',
  result: 'Result',
  limit: (rounds: number) => `This answer has used this page ${rounds} times, which is the limit.`,
};
