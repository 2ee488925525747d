/** Another model in place of one that a visitor had chosen and that is no longer there. Loaded when that happens. */

import type { ConversationEvent } from '../conversation/conversation.ts';
import type { Run } from './run.ts';

/** The same run for the model that the page names, or the server's default. The visitor is told, under the answer. */
export function withDefault(
  { chosen, answer: { asks, ...answer }, ...run }: Run,
  tell: (event: ConversationEvent) => void,
): Run {
  const isChosen = chosen && chosen.id === (asks ?? chosen.id);
  if (isChosen) chosen.forget();
  const gone = isChosen ? chosen.label : (asks ?? '');
  tell({ type: 'annotated', answerId: answer.id, annotations: { gone } });
  return { ...run, answer };
}
