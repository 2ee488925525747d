/** What a server lets visitors attach. Nothing that comes over the wire is taken on trust. */

import type { AttachmentLimits } from '../../server/protocol.ts';

export interface UsableLimits extends AttachmentLimits {
  /** Most bytes of a request without its images. */
  bodyBytes: number;
}

/**
 * @param settings of the server, as they came
 * @returns undefined where nothing may be attached
 */
export function readAttachmentLimits(settings: object | undefined): UsableLimits | undefined {
  const { attachments, limits } = (settings ?? {}) as { attachments?: object; limits?: object };
  const { count, characters, imageBytes, seeing, bodyBytes } = {
    ...limits,
    ...attachments,
  } as Partial<UsableLimits>;
  const isWhole = attachments && [count, characters, imageBytes, bodyBytes].every(isCount);
  if (!isWhole || !Array.isArray(seeing)) return undefined;
  return { count, characters, imageBytes, seeing, bodyBytes } as UsableLimits;
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && value >= 1;
}
