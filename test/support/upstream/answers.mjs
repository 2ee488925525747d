/** Whole answers: as they should be, and in bytes that are allowed but unusual. */

import { readFile } from 'node:fs/promises';
import { answer as events, DONE, delta, finish, usage } from './events.mjs';
import { pieces, whole } from './shapes.mjs';
import { sourceShapes } from './source-shapes.mjs';
import { toolShapes } from './tool-shapes.mjs';

const fixtures = new URL('../../fixtures/streams/', import.meta.url);

export const answers = {
  async ok(answer, { model, args: [count, gapMs = 0] }) {
    if (!count) return whole(answer, events(model).join('') + DONE);
    await tokens(answer, model, Number(count), Number(gapMs), token => `token ${token} `);
  },
  /** As many tokens of characters that are several bytes long. */
  async wide(answer, { model, args: [count, gapMs = 0] }) {
    await tokens(answer, model, Number(count), Number(gapMs), token => `${token}、世界🌊 `);
  },
  async replay(answer, { args: [name] }) {
    await whole(answer, await recorded(name));
  },
  async 'replay-bytes'(answer, { args: [name] }) {
    await answer.head();
    for (const byte of await recorded(name)) await answer.write([byte]);
    await answer.end();
  },
  /** Says as its content what it was asked, headers and all. */
  async echo(answer, { model, request }) {
    const content = JSON.stringify({ ...request, body: JSON.parse(request.body) });
    await whole(answer, delta(model, { content }) + finish(model) + DONE);
  },
  /** In one of the shapes of tool-shapes.mjs. */
  async 'tool-calls'(answer, { model, args: [shape = 'in pieces'] }) {
    const { events } = toolShapes[shape];
    const said = events.map(tool_calls => delta(model, { tool_calls })).join('');
    await whole(answer, said + finish(model, 'tool_calls') + DONE);
  },
  /** Calls `book`, where it is offered tools, in pieces some time apart; and when it is told what that gave, says so. */
  async 'calls-tool'(answer, { model, request, args: [gapMs = 0] }) {
    const { messages, tools } = JSON.parse(request.body);
    const results = messages.filter(({ role }) => role === 'tool');
    const content = tools ? `The page says ${results.at(-1)?.content}` : 'I cannot.';
    if (results.length > 0 || !tools) return whole(answer, delta(model, { content }) + finish(model) + DONE);
    await answer.head();
    await answer.write(delta(model, { content: 'I book.' }));
    const piece = call => delta(model, { tool_calls: [{ index: 0, ...call }] });
    await answer.write(piece({ id: 'call_1', type: 'function', function: { name: 'book', arguments: '' } }));
    for (const text of '{"seat": "12A", "name": "上海 🌊"}'.match(/.{1,3}/g)) {
      await answer.pause(Number(gapMs));
      await answer.write(piece({ function: { arguments: text } }));
    }
    await answer.write(finish(model, 'tool_calls') + DONE);
    await answer.end();
  },
  /** In one of the shapes of source-shapes.mjs. */
  async sources(answer, { model, args: [shape] }) {
    const said = sourceShapes[shape].map(({ beside, delta: piece = {} }) => delta(model, piece, beside));
    await pieces(answer, [...said, finish(model), usage(model, 3), DONE]);
  },
  async reasoning(answer, { model }) {
    await whole(
      answer,
      delta(model, { role: 'assistant', content: null, reasoning_content: 'Let me ' }) +
        delta(model, { content: null, reasoning_content: 'think.' }) +
        delta(model, { content: '42' }) +
        finish(model) +
        usage(model, 3) +
        DONE,
    );
  },
  /** Thinks in the text of its answer, one character an event. */
  async think(answer, { model, args: [gapMs = 0] }) {
    const text = '<think>\nLet me see if anything ends here. </thinker> No.\n</think>\n\nSo it is.';
    await answer.head();
    for (const content of text) {
      await answer.write(delta(model, { content }));
      await answer.pause(Number(gapMs));
    }
    await answer.write(finish(model) + usage(model, text.length) + DONE);
    await answer.end();
  },
  /** The same, and never ends that. */
  async 'thinks-on'(answer, { model, args: [gapMs = 0] }) {
    const text = `<think>\n${'On and on. '.repeat(12)}</thin`;
    await answer.head();
    for (const content of text.match(/.{1,4}/gs)) {
      await answer.write(delta(model, { content }));
      await answer.pause(Number(gapMs));
    }
    await answer.write(finish(model) + usage(model, text.length) + DONE);
    await answer.end();
  },
  async 'slow-head'(answer, { model, args: [ms] }) {
    await answer.pause(Number(ms));
    await whole(answer, events(model).join('') + DONE);
  },
  async 'slow-first'(answer, { model, args: [ms] }) {
    await answer.head();
    await answer.pause(Number(ms));
    await answer.write(events(model).join('') + DONE);
    await answer.end();
  },
  async 'slow-midway'(answer, { model, args: [ms] }) {
    const [role, first, ...rest] = events(model);
    await answer.head();
    await answer.write(role + first);
    await answer.pause(Number(ms));
    await answer.write(rest.join('') + DONE);
    await answer.end();
  },
  /** Very many events as fast as the peer takes them, a hundred in each chunk. */
  async flood(answer, { model, args: [count = 20_000] }) {
    await answer.head();
    for (let token = 0; token < count && !answer.gone; token += 100) {
      await answer.write(delta(model, { content: 'flood ' }).repeat(100));
    }
    await answer.write(finish(model) + DONE);
    await answer.end();
  },

  /** Each line end cut between CR and LF. */
  async crlf(answer, { model }) {
    const text = (events(model).join('') + DONE).replaceAll('\n', '\r\n');
    await pieces(answer, text.split(/(?<=\r)/));
  },
  async cr(answer, { model }) {
    await whole(answer, (events(model).join('') + DONE).replaceAll('\n', '\r'));
  },
  async bom(answer, { model }) {
    await whole(answer, `\uFEFF${events(model).join('')}${DONE}`);
  },
  /** Every chunk ends inside a character, wherever there is a character long enough. */
  async 'multibyte-cut'(answer, { model }) {
    const bytes = Buffer.from(events(model).join('') + DONE);
    const cuts = [...bytes.keys()].filter(at => (bytes[at] & 0xc0) === 0x80);
    await pieces(
      answer,
      [0, ...cuts].map((from, at) => bytes.subarray(from, cuts[at])),
    );
  },
  async comments(answer, { model }) {
    await whole(answer, `: keep-alive\n\n${events(model).join(': keep-alive\n\n')}${DONE}`);
  },
  /** Fields that SSE knows and this API does not: they are the upstream's own. */
  async fields(answer, { model }) {
    const numbered = events(model).map((text, at) => `event: message\nid: upstream-${at}\nretry: 1\n${text}`);
    await whole(answer, numbered.join('') + DONE);
  },
  /** Two `data` lines make one event, whose JSON then has a line break in it. */
  async 'two-lines'(answer, { model }) {
    const broken = events(model).map(text => text.replace(',"choices"', ',\ndata: "choices"'));
    await whole(answer, broken.join('') + DONE);
  },
  async 'empty-choices'(answer, { model }) {
    await whole(answer, usage(model, 0) + events(model).join('') + DONE);
  },
  async empty(answer) {
    await whole(answer, DONE);
  },
};

async function tokens(answer, model, count, gapMs, content) {
  await answer.head();
  for (let token = 1; token <= count && !answer.gone; token++) {
    await answer.write(delta(model, { content: content(token) }));
    if (gapMs > 0) await answer.pause(gapMs);
  }
  await answer.write(finish(model) + usage(model, count) + DONE);
  await answer.end();
}

function recorded(name) {
  return readFile(new URL(`${name}.sse`, fixtures));
}
