/** How the figures of a race are written. */

import { words } from 'virtual:settings';
import { costText } from '../proxy.ts';
import { type Lap, tokensPerSecond } from './lap.ts';

const NONE = '–';

export function msText(ms: number | null): string {
  if (ms === null) return NONE;
  return ms < 10_000 ? `${Math.round(ms).toLocaleString('en')} ms` : `${(ms / 1000).toFixed(1)} s`;
}

export function speedText(lap: Lap): string {
  const speed = tokensPerSecond(lap);
  if (speed === null) return NONE;
  return `${roughly(lap)}${speed < 10 ? speed.toFixed(1) : Math.round(speed)}`;
}

export function tokensText(lap: Lap): string {
  return lap.tokens > 0 ? `${roughly(lap)}${Math.round(lap.tokens).toLocaleString('en')}` : NONE;
}

export function spentText({ cost }: Lap): string {
  if (!cost) return NONE;
  return cost.amount === 0 ? 'free' : costText(cost);
}

/** Where it is, or how it ended. What failed is said as the chat says it, with its code. */
export function stageText({ stage }: Lap): string {
  switch (stage.type) {
    case 'queued':
      return 'Waits for a place';
    case 'waiting':
      return 'Waits for its first token';
    case 'streaming':
      return 'Writes';
    case 'complete':
      return stage.isCut ? 'Cut at its length' : 'Complete';
    case 'stopped':
      return 'Stopped';
    case 'failed': {
      const { code } = stage.failure;
      const said = words.find(({ key }) => key === `words.note.failures.${code}`)?.english;
      return said ? `${said} (${code})` : code;
    }
    default:
      return stage satisfies never;
  }
}

/** Before a number of tokens that nobody has counted. */
function roughly({ isCounted }: Lap): string {
  return isCounted ? '' : '≈ ';
}
