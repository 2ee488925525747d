/** What a server says that sends no event stream: an answer in one piece, or why there is none. Loaded when one does. */

import { type AnswerEvent, type AnswerParser, MAX_EVENT_SIZE, type ParsedEvent } from './answer-parser.ts';
import { bodyText } from './body-text.ts';
import { failureOf } from './failures.ts';

export { failureOf };

/** The events of a body in one piece; of one that is the page of something else, that it is none. */
export async function wholeAnswer(response: Response, parser: AnswerParser): Promise<ParsedEvent[]> {
  if (/json/i.test(mediaType(response))) return parser.whole(await wholeText(response));
  response.body?.cancel().catch(() => {});
  return [{ type: 'failed', failure: { code: 'bad_answer' } }];
}

export async function refusal(response: Response): Promise<AnswerEvent> {
  // The status says enough where the body breaks off.
  const error = await wholeText(response).catch(() => '');
  const { status, headers } = response;
  return { type: 'failed', failure: failureOf({ error, status, retryAfter: headers.get('retry-after') }) };
}

/** The whole text, or its first characters and a bit: enough for what may be read of it. */
async function wholeText(response: Response): Promise<string> {
  let whole = '';
  for await (const text of bodyText(response)) {
    whole += text;
    if (whole.length > MAX_EVENT_SIZE) break;
  }
  return whole;
}

function mediaType(response: Response): string {
  return response.headers.get('content-type') ?? '';
}
