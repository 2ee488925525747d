/** The switch by which the operator stops all answers, from more than one place: it is off when it is off in all of them. */

import { ApiError } from '../errors.ts';
import type { Generations } from './generations.ts';

/** Who is refused meanwhile may ask again after so long. */
const RETRY_SECONDS = 60;

/**
 * @param place who throws it
 * @param paused true, or the words for clients; false or null to go on
 */
export type PauseSwitch = (place: 'settings' | 'redis', paused: boolean | string | null) => void;

export function pauseSwitch(generations: Generations): PauseSwitch {
  const thrown = new Map<string, boolean | string>();
  return (place, paused) => {
    if (paused === false || paused === null) thrown.delete(place);
    else thrown.set(place, paused);
    const words = [...thrown.values()].find(words => typeof words === 'string' && words !== '');
    const error = new ApiError('paused', {
      ...(words ? { message: String(words) } : {}),
      retryAfterSeconds: RETRY_SECONDS,
    });
    generations.pause(thrown.size > 0 ? error : null);
  };
}
