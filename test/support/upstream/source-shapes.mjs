/** How upstreams name the sources of an answer: each shape as the fields of its events, beside and in their deltas; all say the same. */

const [one, two] = ['https://a.example/one', 'https://www.b.example/two'];

export const sources = [
  { url: one, title: 'One' },
  { url: two, title: '第二' },
];

const citation = ({ url, title }, start_index) => ({
  type: 'url_citation',
  url_citation: { url, title, content: 'Some of it', start_index, end_index: start_index + 5 },
});
const [first, second] = sources;

/** @type {Record<string, Array<{ beside?: object, delta?: object }>>} */
export const sourceShapes = {
  // https://openrouter.ai/docs/guides/features/plugins/web-search, and OpenAI's search models: one event each, as they are cited.
  'OpenAI and OpenRouter': [
    { delta: { content: 'So it is' } },
    { delta: { annotations: [citation(first, 0)] } },
    { delta: { content: '.', annotations: [citation(second, 8)] } },
  ],
  // https://docs.perplexity.ai/api-reference/chat-completions-post: all of them in each event.
  Perplexity: ['So ', 'it is.'].map(content => ({
    beside: {
      citations: [one, two],
      search_results: [
        { ...first, date: '2026-01-01', last_updated: '2026-02-01', snippet: 's', source: 'web' },
        { ...second, date: null, last_updated: null, snippet: '', source: 'web' },
      ],
    },
    delta: { content },
  })),
  // The same before it had titles.
  'Perplexity, addresses alone': [{ beside: { citations: [one, two] }, delta: { content: 'So it is.' } }],
  // https://help.aliyun.com/zh/model-studio/web-search: the fields of `enable_source`, with the first event. DashScope's own
  // OpenAI-compatible endpoint leaves them out, and gateways in front of it hand them on.
  Qwen: [
    {
      beside: {
        search_info: {
          search_results: [
            { site_name: 'A', icon: 'https://a.example/i.png', index: 1, ...first },
            { site_name: '', icon: '', index: 2, ...second },
          ],
        },
      },
      delta: { role: 'assistant', content: '' },
    },
    { delta: { content: 'So it is.' } },
  ],
  // https://docs.bigmodel.cn/cn/guide/tools/web-search: with the last event that says something.
  GLM: [
    { delta: { role: 'assistant', content: 'So it is.' } },
    {
      beside: {
        web_search: sources.map(({ url, title }, index) => ({
          ...{ title, link: url, content: 'Some of it', media: 'A', icon: 'https://a.example/i.png' },
          ...{ refer: `ref_${index + 1}`, publish_date: '2026-01-01' },
        })),
      },
      delta: { role: 'assistant', content: '' },
    },
  ],
  // https://cloud.baidu.com/doc/qianfan-api/s/3m7of64lb
  ERNIE: [
    {
      beside: { search_results: sources.map((source, index) => ({ index: index + 1, ...source })) },
      delta: { content: 'So it is.' },
    },
  ],
};
