/** The page of all errors, made of the codes and words of both halves. */

import { ApiError } from '../../../server/errors.ts';
import { type ErrorCode, errorStatus } from '../../../server/protocol.ts';
import { failureCodes } from '../../../widget/conversation/failure-codes.ts';
import { enNote } from '../../../widget/locales/en-note.ts';

type Code = keyof typeof failureCodes;

const INTRODUCTION = `# Errors

The proxy answers with OpenAI's error object: \`{ "error": { "message", "type", "code", "param" } }\`. What an upstream says goes
to the proxy's log and never to a page. A stream that has begun ends with the event \`error\`, whose object has \`retryable\` too: whether
the same request may succeed when it is sent again. Every 429 and 503 has a \`Retry-After\`, in whole seconds.

Visitors read words of the widget's own, in their language; a page hears the code in the event
\`rivulet-error\`, and can change the words with the property \`words\`.`;

export function errorsPage(): string {
  const codes = Object.keys(failureCodes) as Code[];
  const ofServer = codes.filter(code => failureCodes[code] === 'server') as ErrorCode[];
  const refusals = ofServer.filter(code => code in errorStatus);
  const ends = ofServer.filter(code => !(code in errorStatus));
  const ofClient = codes.filter(code => failureCodes[code] === 'client');
  return [
    INTRODUCTION,
    '## With a status',
    ...refusals.map(code => entry(code, [`status ${new ApiError(code).status}`])),
    '## In a stream alone',
    ...ends.map(code => entry(code, [])),
    '## Of the widget',
    'No server said these: the widget found out by itself.',
    ...ofClient.map(code => `### \`${code}\`\n\nVisitors read: “${enNote.failures[code]}”`),
  ].join('\n\n');
}

function entry(code: ErrorCode, facts: string[]): string {
  const { message, retryable } = new ApiError(code);
  const all = [...facts, retryable ? 'may succeed when sent again' : 'sent again, it fails again'];
  return [
    `### \`${code}\``,
    `*${all.join(' · ')}*`,
    `The API says: “${message}”`,
    `Visitors read: “${enNote.failures[code]}”`,
  ].join('\n\n');
}
