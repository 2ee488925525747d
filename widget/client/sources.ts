/** The sources that an upstream names in an event, in whichever of the known shapes. Nothing of it is trusted. Pure. */

import type { Source } from '../conversation/message.ts';
import { at, text } from './completion.ts';

/** Beyond these nobody reads, and memory is not to be filled with it. */
const MOST = 50;
const LONGEST_URL = 2000;
const LONGEST_TITLE = 300;

/** Those that are known with those of one more event. An upstream may name all of them again and again. */
export function addSources(known: readonly Source[], json: unknown): readonly Source[] {
  const sources = new Map(known.map(source => [keyOf(source), source]));
  for (const list of lists(json)) {
    if (!Array.isArray(list)) continue;
    for (const entry of list.slice(0, MOST)) {
      const source = readSource(entry);
      const before = sources.get(keyOf(source));
      if (before ? !before.title && source.title : keyOf(source)) sources.set(keyOf(source), source);
    }
  }
  return [...sources.values()].slice(0, MOST);
}

function lists(json: unknown): unknown[] {
  const choice = at(at(json, 'choices'), 0);
  const delta = at(choice, 'delta') ?? at(choice, 'message');
  return [
    // OpenAI and OpenRouter: https://openrouter.ai/docs/guides/features/plugins/web-search
    at(delta, 'annotations'),
    // Perplexity and ERNIE; the addresses alone as well: https://docs.perplexity.ai/guides/chat-completions-guide
    at(json, 'search_results'),
    at(json, 'citations'),
    // Qwen: https://help.aliyun.com/zh/model-studio/web-search
    at(at(json, 'search_info'), 'search_results'),
    at(at(delta, 'search_info'), 'search_results'),
    // GLM: https://docs.bigmodel.cn/cn/guide/tools/web-search
    at(json, 'web_search'),
  ];
}

function readSource(entry: unknown): Source {
  const citation = at(entry, 'url_citation') ?? entry;
  const address = text(citation) || text(at(citation, 'url')) || text(at(citation, 'link'));
  const url = isWeb(address) ? address : '';
  // A cut may leave half a character.
  const title = text(at(citation, 'title'))
    .trim()
    .slice(0, LONGEST_TITLE)
    .replace(/[\ud800-\udbff]$/, '');
  return { ...(url && { url }), ...(title && { title }) };
}

function isWeb(address: string): boolean {
  return address.length <= LONGEST_URL && URL.canParse(address) && /^https?:/i.test(address);
}

function keyOf({ url, title }: Source): string {
  return url ?? title ?? '';
}
