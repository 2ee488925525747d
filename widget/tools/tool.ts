/** What a page gives a chat to call. */

import type { LitElement } from 'lit';

/** A function of the page's that the model may call. */
export interface Tool {
  /** By which the model calls it: letters, digits, `_` and `-`, at most 64. The proxy has to allow it. */
  name: string;
  /** When the model should call it, and what it does, in words for the model. */
  description?: string;
  /** What visitors read in place of the name. */
  label?: string;
  /** A JSON schema of its arguments, which are an object; without one it takes none. */
  parameters?: object;
  /** Whether the visitor is asked first: always, or as this says of the arguments. One that throws means yes. */
  confirm?: boolean | ((args: ToolArguments) => boolean | Promise<boolean>);
  /** How long it may run; 120,000 ms where it is not set. */
  timeoutMs?: number;
  /**
   * Does it. What it gives is told to the model, as JSON where it is no text, and up to 20,000 characters of it. An element
   * is shown in the answer, and the model is told the text beside it. What it throws is told to the model as well.
   */
  run(args: ToolArguments, context: ToolContext): unknown;
}

/** As the model wrote them: nobody has held them against the schema. */
export type ToolArguments = Record<string, unknown>;

export interface ToolContext {
  /** Aborted when the visitor stops the answer, or the time is over. */
  signal: AbortSignal;
}

/** What is shown in the answer, and what the model is told of it. */
export interface ElementResult {
  element: Element;
  text?: string;
}

/** Of the event `rivulet-tool`, which is fired before a tool runs. Cancelled, it does not. */
export interface ToolEventDetail {
  name: string;
  arguments: ToolArguments;
}

/** The chat, as far as its tools go. */
export interface ToolHost extends LitElement {
  readonly tools?: readonly Tool[] | undefined;
}
