/**
 * The catalogue: what is known of each provider, as data. The rest of the code asks an entry's fields and never
 * compares a name. Whatever could not be checked against the provider's own words is said so beside it.
 */

import type { Price } from '../protocol.ts';

/** What an upstream wants otherwise than most. Only what changes the request that we send is here. */
export interface Quirks {
  /** The field that carries the output limit; `max_tokens` where absent. */
  maxTokensField?: 'max_tokens' | 'max_completion_tokens';
  /** Its models are told again what they thought before; others refuse that, or it only fills their context. */
  takesThinking?: boolean;
}

export interface CatalogueModel {
  /** What is sent as `model`. */
  id: string;
  label: string;
  /** Whether the model can see images. */
  vision: boolean;
  /** List price without discounts, for input that is not cached; null where no dated source was found. */
  price: Price | null;
  /** The provider's page that lists the price. */
  priceSource?: string;
  /** A day on which that page is known to have listed it, `YYYY-MM-DD`. */
  priceDate?: string;
  /** Request fields that the model answers with an error: they are left out of what is sent to it. */
  refuses?: readonly string[];
}

export interface Provider {
  /** The key in the config's `providers`; in capitals, the start of `<NAME>_BASE_URL`. */
  name: string;
  label: string;
  /** Requests go to `${baseUrl}/chat/completions`. */
  baseUrl: string;
  /** The environment variable that turns the provider on. */
  keyVariable: string;
  /** The provider needs no key: `<NAME>_BASE_URL` turns it on as well. */
  keyOptional?: true;
  /** What its list of models answers says nothing of the key: it is open to all, or takes the key otherwise. */
  listIgnoresKey?: true;
  /** The page the entry was checked against. */
  docs: string;
  quirks: Quirks;
  /** Functions of pages that may be offered where the settings say nothing of them, by name. */
  tools?: readonly string[];
  /** The first one is the provider's default. */
  models: readonly CatalogueModel[];
}

/** Models that reason by themselves take no say in how their tokens are chosen. */
const sampling = ['temperature', 'top_p'] as const;

const deepseekPrices = 'https://api-docs.deepseek.com/quick_start/pricing';
const zhipuPrices = 'https://docs.bigmodel.cn/cn/guide/start/pricing';
const openaiPrices = 'https://developers.openai.com/api/docs/pricing';
const anthropicPrices = 'https://platform.claude.com/docs/en/about-claude/pricing';

export const providers: readonly Provider[] = [
  {
    // An aggregator. Its page promises OpenAI's format and shows no streamed answer and no price.
    name: 'aiwave',
    label: 'AIWave',
    baseUrl: 'https://aiwave.live/v1',
    keyVariable: 'AIWAVE_API_KEY',
    docs: 'https://aiwave.live/docs/chat-completions',
    quirks: {},
    models: [
      { id: 'deepseek-v4-pro', label: 'DeepSeek V4 Pro', vision: false, price: null },
      { id: 'glm-5', label: 'GLM-5', vision: false, price: null },
    ],
  },
  {
    // `deepseek-chat` and `deepseek-reasoner` ended on 2026-07-24. Both models think unless the request says
    // `"thinking": {"type": "disabled"}`. Prices are those of the peak hours; all other hours cost half.
    name: 'deepseek',
    label: 'DeepSeek',
    baseUrl: 'https://api.deepseek.com',
    keyVariable: 'DEEPSEEK_API_KEY',
    docs: 'https://api-docs.deepseek.com/guides/thinking_mode',
    // After a call of a tool it refuses a request without: https://api-docs.deepseek.com/guides/thinking_mode
    quirks: { takesThinking: true },
    models: [
      {
        id: 'deepseek-flash',
        label: 'DeepSeek Flash',
        vision: true,
        price: { input: 0.3, output: 1.2, currency: 'USD' },
        priceSource: deepseekPrices,
        priceDate: '2026-10-27',
      },
      {
        id: 'deepseek-v4-pro',
        label: 'DeepSeek V4 Pro',
        vision: false,
        price: { input: 1.32, output: 3.96, currency: 'USD' },
        priceSource: deepseekPrices,
        priceDate: '2026-10-27',
      },
    ],
  },
  {
    // The mainland platform; the international one is https://api.z.ai/api/paas/v4, with other prices.
    // Its pages list no `stream_options`: the usage comes in the last event, asked for or not.
    name: 'zhipu',
    label: 'Zhipu GLM',
    baseUrl: 'https://open.bigmodel.cn/api/paas/v4',
    keyVariable: 'ZHIPU_API_KEY',
    docs: 'https://docs.bigmodel.cn/cn/guide/capabilities/streaming',
    quirks: {},
    models: [
      {
        id: 'glm-5.3-flash',
        label: 'GLM-5.3 Flash',
        vision: true,
        price: { input: 0.8, output: 2.8, currency: 'CNY' },
        priceSource: zhipuPrices,
        priceDate: '2026-08-26',
      },
      {
        id: 'glm-5.3',
        label: 'GLM-5.3',
        vision: false,
        price: { input: 8, output: 28, currency: 'CNY' },
        priceSource: zhipuPrices,
        priceDate: '2026-08-26',
      },
    ],
  },
  {
    // Beijing. A key belongs to one region: https://dashscope-intl.aliyuncs.com/compatible-mode/v1 is Singapore,
    // https://dashscope-us.aliyuncs.com/compatible-mode/v1 Virginia, and each workspace has a domain of its own.
    // Prices differ by region, and no dated page with them was found.
    name: 'qwen',
    label: 'Qwen',
    baseUrl: 'https://dashscope.aliyuncs.com/compatible-mode/v1',
    keyVariable: 'DASHSCOPE_API_KEY',
    docs: 'https://help.aliyun.com/zh/model-studio/base-url',
    quirks: {},
    models: [
      { id: 'qwen3.8-flash', label: 'Qwen 3.8 Flash', vision: true, price: null },
      { id: 'qwen3.8-max', label: 'Qwen 3.8 Max', vision: true, price: null },
    ],
  },
  {
    // Baidu's own SDKs know the output limit by this name only. No dated page with prices was found.
    name: 'ernie',
    label: 'ERNIE',
    baseUrl: 'https://qianfan.baidubce.com/v2',
    keyVariable: 'QIANFAN_API_KEY',
    docs: 'https://cloud.baidu.com/doc/qianfan/s/rmh4stn9m',
    quirks: { maxTokensField: 'max_completion_tokens' },
    models: [{ id: 'ernie-5.1', label: 'ERNIE 5.1', vision: false, price: null }],
  },
  {
    // Both models refuse `max_tokens`, and take no sampling fields while they reason, which they do by default.
    // Input above 272,000 tokens costs more.
    name: 'openai',
    label: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    keyVariable: 'OPENAI_API_KEY',
    docs: 'https://developers.openai.com/api/docs/models',
    quirks: { maxTokensField: 'max_completion_tokens' },
    models: [
      {
        id: 'gpt-6-luna',
        label: 'GPT-6 Luna',
        vision: true,
        price: { input: 0.1, output: 0.5, currency: 'USD' },
        priceSource: openaiPrices,
        priceDate: '2026-09-24',
        refuses: sampling,
      },
      {
        id: 'gpt-6.1-sol',
        label: 'GPT-6.1 Sol',
        vision: true,
        price: { input: 2, output: 10, currency: 'USD' },
        priceSource: openaiPrices,
        priceDate: '2026-10-13',
        refuses: sampling,
      },
    ],
  },
  {
    // The OpenAI-compatible endpoint: it joins all system messages into one, never returns the thinking, and
    // ignores most fields it does not know. That the models refuse sampling fields is known of the native endpoint.
    // Haiku costs five times as much for prompts above 100,000 tokens.
    name: 'anthropic',
    label: 'Anthropic',
    baseUrl: 'https://api.anthropic.com/v1',
    keyVariable: 'ANTHROPIC_API_KEY',
    listIgnoresKey: true,
    docs: 'https://platform.claude.com/docs/en/cli-sdks-libraries/libraries/openai-sdk',
    quirks: {},
    models: [
      {
        id: 'claude-haiku-5-5',
        label: 'Claude Haiku 5.5',
        vision: true,
        price: { input: 0.1, output: 0.5, currency: 'USD' },
        priceSource: anthropicPrices,
        priceDate: '2026-10-24',
        refuses: sampling,
      },
      {
        id: 'claude-sonnet-5-5',
        label: 'Claude Sonnet 5.5',
        vision: true,
        price: { input: 2, output: 10, currency: 'USD' },
        priceSource: anthropicPrices,
        priceDate: '2026-10-24',
        refuses: sampling,
      },
      {
        id: 'claude-opus-5-5',
        label: 'Claude Opus 5.5',
        vision: true,
        price: { input: 4, output: 20, currency: 'USD' },
        priceSource: anthropicPrices,
        priceDate: '2026-10-24',
        refuses: sampling,
      },
    ],
  },
  {
    // The router bills each request at the price of the model that it chose. Usage comes with every answer.
    name: 'openrouter',
    label: 'OpenRouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    keyVariable: 'OPENROUTER_API_KEY',
    listIgnoresKey: true,
    docs: 'https://openrouter.ai/docs/api/reference/streaming',
    quirks: {},
    models: [
      { id: 'openrouter/auto', label: 'OpenRouter Auto', vision: false, price: null },
      {
        id: 'openai/gpt-6-luna',
        label: 'GPT-6 Luna',
        vision: true,
        price: null,
        refuses: sampling,
      },
    ],
  },
  {
    // Answers only for models that were pulled; these two are the examples of its own pages.
    name: 'ollama',
    label: 'Ollama',
    baseUrl: 'http://127.0.0.1:11434/v1',
    keyVariable: 'OLLAMA_API_KEY',
    keyOptional: true,
    docs: 'https://docs.ollama.com/api/openai-compatibility',
    quirks: {},
    models: [
      { id: 'qwen3:8b', label: 'Qwen 3 8B', vision: false, price: null },
      { id: 'gpt-oss:20b', label: 'gpt-oss 20B', vision: false, price: null },
    ],
  },
];
