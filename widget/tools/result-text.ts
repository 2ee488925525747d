/** What a tool gave, as the model is told it, and as it is shown. */

import type { ElementResult } from './tool.ts';

/** Characters: some thousand tokens, which are paid for with every further question. */
const LONGEST_RESULT = 20_000;
/** Of an error's message. */
const LONGEST_ERROR = 500;

export interface ToolOutcome {
  text: string;
  element?: Element;
}

/** @throws where it cannot be made JSON */
export function outcomeOf(result: unknown): ToolOutcome {
  if (isElement(result)) return { element: result, text: SHOWN };
  if (isElementResult(result)) {
    const { element, text } = result;
    return { element, text: text === undefined ? SHOWN : bounded(String(text)) };
  }
  return { text: bounded(typeof result === 'string' ? result : json(result)) };
}

const SHOWN = 'It is shown to the visitor.';

export function errorText(error: unknown): string {
  return `It failed: ${cut(messageOf(error), LONGEST_ERROR) || 'no reason was given'}`;
}

/** Anything can be thrown. */
function messageOf(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : (error ?? ''));
  } catch {
    return '';
  }
}

function json(result: unknown): string {
  if (result === undefined) return 'Done.';
  const text: string | undefined = JSON.stringify(result);
  if (text === undefined) throw new TypeError('It is no JSON');
  return text;
}

function bounded(text: string): string {
  if (text.length <= LONGEST_RESULT) return text;
  return `${cut(text, LONGEST_RESULT)}\n[Cut: these are the first ${LONGEST_RESULT} of ${text.length} characters.]`;
}

/** Not within a character. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}

/** Also of another frame, whose classes are others. */
function isElement(value: unknown): value is Element {
  return typeof value === 'object' && value !== null && 'nodeType' in value && value.nodeType === 1;
}

function isElementResult(value: unknown): value is ElementResult {
  return typeof value === 'object' && value !== null && 'element' in value && isElement(value.element);
}
