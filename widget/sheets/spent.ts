/** What a conversation has used so far, as an entry of the menu. */

import { html } from 'lit';
import { spentOn } from '../conversation/stats.ts';
import { enStats } from '../locales/en-stats.ts';
import { wordsOf } from '../locales/words-of.ts';
import type { ChatParts } from './sheet.ts';

export function spent({ host, turn }: ChatParts) {
  const words = wordsOf(host, 'stats', enStats);
  const { promptTokens, completionTokens, costs, answers, uncounted } = spentOn(turn.conversation);
  const said = [
    words.answers(answers),
    promptTokens + completionTokens > 0 ? words.inAndOut(promptTokens, completionTokens) : '',
    ...costs.map(words.money),
    uncounted > 0 ? words.uncounted(uncounted) : '',
  ].filter(Boolean);
  return html`<section class="spent" aria-label=${words.spent}>
    <h3>${words.spent}</h3>
    <p><bdi>${answers === 0 ? words.nothingSpent : said.join(' · ')}</bdi></p>
  </section>`;
}
