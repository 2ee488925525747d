/** What an event says of an answer besides its text, in place of what was known before. Pure. */

import type { AssistantMessage, Annotations } from '../conversation/message.ts';
import { readFigures } from './figures.ts';
import { addSources } from './sources.ts';

/** @param answer as it is known */
export function annotationsOf(
  json: unknown,
  { sources: known = [] }: Pick<AssistantMessage, 'sources'>,
): Annotations | undefined {
  const figures = readFigures(json);
  const sources = addSources(known, json);
  const isNew = JSON.stringify(sources) !== JSON.stringify(known);
  return figures || isNew ? { ...(figures && { figures }), ...(isNew && { sources }) } : undefined;
}
