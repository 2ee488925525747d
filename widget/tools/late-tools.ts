/**
 * Waits for the tools of a page that was just loaded: the chat may be there before the script that gives them, and goes on at once
 * with what the last page had begun.
 */

import type { ToolHost } from './tool.ts';

/** By then, in milliseconds of its life, a page that is quick is made; and so is one that still loads something. */
const MADE_MS = 4_000;
const LOADED_MS = 15_000;
const LOOK_MS = 50;

/** Fulfilled when the page has given some, if only none, or gives none any more. */
export async function toolsOfPage(host: ToolHost, signal: AbortSignal): Promise<void> {
  while (host.tools === undefined && !signal.aborted && isBeingMade())
    await new Promise(resolve => setTimeout(resolve, LOOK_MS));
}

function isBeingMade(): boolean {
  return performance.now() < (document.readyState === 'complete' ? MADE_MS : LOADED_MS);
}
