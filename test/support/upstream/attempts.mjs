/** Upstreams that fail now and then: at first, with one key, or before they have said a word. */

import { DONE, delta, error, event, finish, usage } from './events.mjs';
import { json, whole } from './shapes.mjs';

export const attempts = {
  /** `first:2:503`: behaves as `503` when it is asked the first two times, and well ever after. */
  async first(answer, { args: [count, ...failure], asked, ...context }, behave) {
    const name = asked <= Number(count) ? failure.join(':') : 'ok';
    await behave(name, answer, { ...context, asked });
  },
  /** `key:401:sk-b`: refuses keys that begin so with this status. */
  async key(answer, { model, args: [status, refused], request }, behave) {
    if (!request.headers.authorization.startsWith(`Bearer ${refused}`))
      return behave('ok', answer, { model });
    await answer.reply(Number(status), json, JSON.stringify(error(`status_${status}`)));
  },
  /** Refuses any key in the words of a code, with the status 429, as OpenAI does where the credit is used up. */
  async quota(answer) {
    await answer.reply(429, json, JSON.stringify(error('insufficient_quota')));
  },
  /** Refuses the text and not the key. */
  async flagged(answer) {
    const { error: told } = error('403');
    const body = { error: { ...told, code: 403, metadata: { reasons: ['x'], flagged_input: 'x' } } };
    await answer.reply(403, json, JSON.stringify(body));
  },
  /** `busy:1`: too many requests, for so many seconds. */
  async busy(answer, { args: [seconds] }) {
    const headers = { ...json, 'Retry-After': seconds };
    await answer.reply(429, headers, JSON.stringify(error('rate_limit_exceeded')));
  },

  // ---- The role, and then ----

  async 'role-then-error'(answer, { model }) {
    await whole(answer, role(model) + usage(model, 0) + event(error('server_error')));
  },
  async 'role-then-close'(answer, { model }) {
    await answer.head();
    await answer.write(role(model));
    answer.close();
  },
  async 'role-then-silence'(answer, { model }) {
    await answer.head();
    await answer.write(role(model));
    await answer.silence();
  },
  /** A thought is something that a visitor has seen. */
  async 'thought-then-error'(answer, { model }) {
    const thought = delta(model, { content: null, reasoning_content: 'Hm' });
    await whole(answer, role(model) + thought + event(error('server_error')));
  },
  async 'role-then-finish'(answer, { model }) {
    await whole(answer, role(model) + finish(model) + DONE);
  },
};

function role(model) {
  return delta(model, { role: 'assistant', content: '', refusal: null, tool_calls: [] });
}
