/** Answers that go wrong after they have begun, that fall silent, or that never end. */

import { answer as events, DONE, delta, error, event, finish, UPSTREAM_TEXT } from './events.mjs';
import { endless, half, whole } from './shapes.mjs';

export const failures = {
  async 'error-midway'(answer, { model }) {
    await whole(answer, half(model) + event(error('server_error')) + DONE);
  },
  async 'error-event-midway'(answer, { model }) {
    await whole(answer, `${half(model)}event: error\n${event(error('server_error'))}`);
  },
  async 'invalid-json-midway'(answer, { model }) {
    await whole(
      answer,
      `${half(model)}data: {"${UPSTREAM_TEXT}":\n\n${events(model).slice(4).join('')}${DONE}`,
    );
  },
  /** The connection is reset inside an HTTP chunk, inside an event. */
  async 'reset-midway'(answer, { model }) {
    await answer.head();
    await answer.write(half(model));
    await answer.raw('400\r\ndata: {"id":"chatc');
    await answer.pause(30);
    answer.reset();
  },
  async 'close-midway'(answer, { model }) {
    await answer.head();
    await answer.write(half(model));
    answer.close();
  },
  async 'half-event-at-end'(answer, { model }) {
    await whole(answer, `${half(model)}data: {"id":"chatc`);
  },
  async 'half-event-after-finish'(answer, { model }) {
    await whole(answer, `${events(model).join('')}data: {"id":"chatc`);
  },
  async 'no-done'(answer, { model }) {
    await whole(answer, events(model).join(''));
  },
  /** The terminal event is there, but for the empty line after it. */
  async 'done-cut'(answer, { model }) {
    await whole(answer, `${events(model).join('')}data: [DONE]`);
  },
  async 'no-done-no-finish'(answer, { model }) {
    await whole(answer, half(model));
  },
  async 'no-events'(answer) {
    await whole(answer, '');
  },
  async 'done-twice'(answer, { model }) {
    await whole(answer, events(model).join('') + DONE + DONE);
  },
  async 'events-after-done'(answer, { model }) {
    await whole(answer, events(model).join('') + DONE + delta(model, { content: 'late' }) + DONE);
  },
  /** All is said, but the connection is never closed. */
  async 'hang-after-done'(answer, { model }) {
    await answer.head();
    await answer.write(events(model).join('') + DONE);
    await answer.silence();
  },

  // ---- Silence ----

  async 'hang-before-head'(answer) {
    await answer.silence();
  },
  async 'hang-before-first'(answer) {
    await answer.head();
    await answer.silence();
  },
  async 'hang-midway'(answer, { model }) {
    await answer.head();
    await answer.write(half(model));
    await answer.silence();
  },
  async 'comments-only'(answer) {
    await answer.head();
    await comments(answer);
  },
  async 'comments-midway'(answer, { model }) {
    await answer.head();
    await answer.write(half(model));
    await comments(answer);
  },

  // ---- Too much ----

  async 'huge-event'(answer, { model, args: [megabytes = 4] }) {
    const content = 'x'.repeat(megabytes * 1_000_000);
    await whole(answer, half(model) + delta(model, { content }) + finish(model) + DONE);
  },
  async 'huge-first'(answer, { model, args: [megabytes = 4] }) {
    await whole(answer, delta(model, { content: 'x'.repeat(megabytes * 1_000_000) }) + finish(model) + DONE);
  },
  async 'endless-line'(answer, { model }) {
    await answer.head();
    await answer.write(`${half(model)}data: {"id":"`);
    await endless(answer);
  },
  /** Many lines, none of them long, and never the empty one that would end the event. */
  async 'endless-event'(answer, { model }) {
    await answer.head();
    await answer.write(half(model));
    await endless(answer, `data: ${'x'.repeat(1_000)}\n`.repeat(60));
  },
  async 'endless-comment'(answer, { model }) {
    await answer.head();
    await answer.write(`${half(model)}: `);
    await endless(answer);
  },
};

async function comments(answer) {
  while (!answer.gone) {
    await answer.write(': keep-alive\n\n');
    await answer.pause(20);
  }
}
