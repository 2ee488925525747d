/** What visitors decide of calls that ask them first. Whoever runs the call waits here. */

import type { Decision } from '../conversation/command.ts';

const waiting = new Map<string, (allows: boolean) => void>();

/** Also fulfilled when the signal is aborted: then nobody allows it any more. */
export function decision(answerId: string, callId: string, signal: AbortSignal): Promise<boolean> {
  const name = nameOf(answerId, callId);
  return new Promise<boolean>(resolve => {
    waiting.set(name, resolve);
    signal.addEventListener('abort', () => resolve(false));
  }).finally(() => waiting.delete(name));
}

/** A late one, as of two tabs at the same time, decides nothing. */
export function decide({ answerId, callId, allows }: Decision): void {
  waiting.get(nameOf(answerId, callId))?.(allows);
}

function nameOf(answerId: string, callId: string): string {
  return JSON.stringify([answerId, callId]);
}
