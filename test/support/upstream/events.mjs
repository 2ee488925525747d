/** The events of a well-behaved upstream, as bytes on the wire. */

/** In every error text of the upstream: whoever reads it on the other side has seen what is not theirs to see. */
export const UPSTREAM_TEXT = 'upstream-says';

export const DONE = 'data: [DONE]\n\n';

const text = ['Hello', ', ', 'world', '! ', '你好，', '世界', ' 🌊'];

/** The events of the answer `Hello, world! 你好，世界 🌊`, without its terminal event. */
export function answer(model) {
  return [
    delta(model, { role: 'assistant', content: '' }),
    ...text.map(content => delta(model, { content })),
    finish(model),
    usage(model, text.length),
  ];
}

/** One event with a delta, and what else there is in it. */
export function delta(model, piece, beside = {}) {
  return event({ ...chunk(model), ...beside, choices: [{ index: 0, delta: piece, finish_reason: null }] });
}

/** The event that says why the model ended. */
export function finish(model, reason = 'stop') {
  return event({ ...chunk(model), choices: [{ index: 0, delta: {}, finish_reason: reason }] });
}

/** The event with the count, whose `choices` are empty. */
export function usage(model, tokens) {
  return event({
    ...chunk(model),
    choices: [],
    usage: { prompt_tokens: 3, completion_tokens: tokens, total_tokens: 3 + tokens },
  });
}

export function event(json) {
  return `data: ${JSON.stringify(json)}\n\n`;
}

/** An error object as upstreams send it, with words that are not for a visitor. */
export function error(code, words = 'at gpu-7.internal') {
  return { error: { message: `${UPSTREAM_TEXT}: ${code} ${words}`, type: code, param: null, code } };
}

function chunk(model) {
  return { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_764_000_000, model };
}
