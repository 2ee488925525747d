/** One call of a tool, from its arguments to its end. */

import { LONGEST_ARGUMENTS } from '../client/call-pieces.ts';
import type { ToolCall, ToolCallReason } from '../conversation/message.ts';
import { fire } from '../page-events.ts';
import { decision } from './decisions.ts';
import { toolsOfPage } from './late-tools.ts';
import { errorText, outcomeOf } from './result-text.ts';
import type { Tool, ToolArguments, ToolEventDetail, ToolHost } from './tool.ts';

const PATIENCE_MS = 120_000;
/** What is longer no timer takes. */
const LONGEST_MS = 2 ** 31 - 1;

/** On whose behalf a call runs. */
export interface Caller {
  readonly host: ToolHost;
  readonly answerId: string;
  /** Ends the call: its tool is told, and what it gives is nobody's. */
  readonly signal: AbortSignal;
  /** What can be called now: a page may take a tool away at any time. */
  tool(name: string): Tool | undefined;
  /** Shows an element, and gives the name of its slot. */
  show(element: Element): string;
}

type Change = Partial<ToolCall>;
/** With what is shown then. */
type End = Change & { element?: Element };

/**
 * Tells how the call goes, its end last; nothing after the signal was aborted. It may then go on for as long as the page
 * likes. Never rejects.
 */
export async function runCall(call: ToolCall, caller: Caller, tell: (change: Change) => void): Promise<void> {
  const told = (change: Change) => caller.signal.aborted || tell(change);
  const end = await endOf(call, caller, told);
  // Nobody waits for it any more, and an element of it must not show. It is shown and told in one task: one that no call has is
  // taken away.
  if (!caller.signal.aborted) tell(shown(end, caller));
}

function shown({ element, ...end }: End, { show }: Caller): Change {
  try {
    return { ...end, ...(element && { slot: show(element) }) };
  } catch {
    return failed('unreadable_result', 'It has ended, and the element that it gave cannot be shown.');
  }
}

async function endOf(call: ToolCall, caller: Caller, tell: (change: Change) => void): Promise<End> {
  if (call.arguments.length > LONGEST_ARGUMENTS) return failed('too_long', 'Its arguments are too long.');
  const args = readArguments(call.arguments);
  if (!args) return failed('unreadable_arguments', `No JSON object: ${call.arguments.slice(0, 200)}`);
  await toolsOfPage(caller.host, caller.signal);
  const named = caller.tool(call.name);
  if (!named) return failed('unknown', GONE);
  const label = named.label ? { label: named.label } : {};
  if (await asksFirst(named, args)) {
    const decided = decision(caller.answerId, call.id, caller.signal);
    tell({ status: 'asked', ...label });
    if (!(await decided)) return refused('by_visitor', 'The visitor does not want it.');
  }
  // The visitor may have taken their time.
  const tool = caller.tool(call.name);
  if (!tool) return failed('unknown', GONE);
  if (caller.signal.aborted) return {};
  if (!isLet(call.name, args, caller.host)) return refused('by_page', 'The page does not allow it now.');
  tell({ status: 'running', ...label });
  return run(tool, args, caller);
}

const GONE = 'There is no such function here.';

/** What is empty stands for no arguments. */
function readArguments(written: string): ToolArguments | undefined {
  try {
    const args: unknown = JSON.parse(written.trim() || '{}');
    const isObject = typeof args === 'object' && args !== null && !Array.isArray(args);
    return isObject ? (args as ToolArguments) : undefined;
  } catch {
    return undefined;
  }
}

async function asksFirst({ confirm }: Tool, args: ToolArguments): Promise<boolean> {
  if (typeof confirm !== 'function') return Boolean(confirm);
  try {
    return await confirm(args);
  } catch (error) {
    console.error(error);
    return true;
  }
}

function isLet(name: string, args: ToolArguments, host: ToolHost): boolean {
  const detail: ToolEventDetail = { name, arguments: args };
  return fire(host, 'rivulet-tool', detail, true);
}

const LATE = Symbol('late');

async function run(tool: Tool, args: ToolArguments, { signal }: Caller): Promise<End> {
  const timeoutMs = Math.min(tool.timeoutMs ?? PATIENCE_MS, LONGEST_MS);
  const abort = new AbortController();
  const stop = () => abort.abort(signal.reason);
  signal.addEventListener('abort', stop);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<typeof LATE>(resolve => {
    timer = setTimeout(() => resolve(LATE), timeoutMs);
  });
  try {
    const given = await Promise.race([tool.run(args, { signal: abort.signal }), late]);
    if (given === LATE) {
      abort.abort(new DOMException('It took too long.', 'TimeoutError'));
      return failed('too_slow', `It has not ended within ${timeoutMs / 1000} seconds, and may still go on.`);
    }
    return done(given);
  } catch (error) {
    return failed('threw', errorText(error));
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

function done(given: unknown): End {
  try {
    const { text, element } = outcomeOf(given);
    return { status: 'done', result: text, ...(element && { element }) };
  } catch {
    return failed('unreadable_result', 'It has ended, and what it gave cannot be told as JSON.');
  }
}

function failed(reason: ToolCallReason, result: string): Change {
  return { status: 'failed', reason, result };
}

function refused(reason: ToolCallReason, result: string): Change {
  return { status: 'refused', reason, result };
}
