/** The calls of tools as providers send them: each shape as the `tool_calls` of its events, and what they say together. */

const call = (id, name, text) => ({ id, type: 'function', function: { name, arguments: text } });
const paris = call('c1', 'weather', '{"city":"Paris"}');
const oslo = call('c2', 'weather', '{"city":"Oslo"}');
const both = [paris, oslo];
const begun = ({ id, function: { name } }, index) => ({ index, ...call(id, name, '') });
const more = (index, text) => [{ index, function: { arguments: text } }];
const wave = '{"text":"🌊"}';

/** @type {Record<string, { events: any[][], calls: any[] }>} */
export const toolShapes = {
  'in pieces': {
    events: [[begun(paris, 0)], more(0, '{"city'), more(0, '":"Par'), more(0, 'is"}')],
    calls: [paris],
  },
  'in turns': {
    events: [
      [begun(paris, 0)],
      [begun(oslo, 1)],
      more(0, '{"city":'),
      more(1, '{"city":'),
      more(1, '"Oslo"}'),
      more(0, '"Paris"}'),
    ],
    calls: both,
  },
  'two in one event': {
    events: [
      [begun(paris, 0), begun(oslo, 1)],
      [...more(0, '{"city":"Paris"}'), ...more(1, '{"city":"Oslo"}')],
    ],
    calls: both,
  },
  'whole, at once': {
    events: [
      [
        { index: 0, ...paris },
        { index: 1, ...oslo },
      ],
    ],
    calls: both,
  },
  'whole, without an index': { events: [[paris], [oslo]], calls: both },
  'whole, all with the same index': {
    events: [[{ index: 0, ...paris }], [{ index: 0, ...oslo }]],
    calls: both,
  },
  'whole, all with the same index and no id': {
    events: [[{ index: 0, ...paris, id: '' }], [{ index: 0, ...oslo, id: '' }]],
    calls: both.map(call => ({ ...call, id: '' })),
  },
  'in pieces without an index': {
    events: [
      [call('c1', 'weather', '')],
      [{ function: { arguments: '{"city":' } }],
      [{ function: { arguments: '"Paris"}' } }],
      [call('c2', 'weather', '{"city":"Oslo"}')],
    ],
    calls: both,
  },
  'numbered from 1, with an id in each piece, or an empty one': {
    events: [
      [begun(paris, 1)],
      [{ index: 1, id: 'c1', function: { name: null, arguments: '{"city":"Pa' } }],
      [{ index: 1, id: '', function: { name: '', arguments: 'ris"}' } }],
      [{ index: 7, ...oslo }],
    ],
    calls: both,
  },
  'with the name in each piece': {
    events: [[begun(paris, 0)], [{ index: 0, ...call('c1', 'weather', '{"city":"Paris"}') }]],
    calls: [paris],
  },
  'without arguments': {
    events: [[{ index: 0, ...call('c1', 'time', '') }]],
    calls: [call('c1', 'time', '')],
  },
  'cut in a surrogate': {
    events: [[{ index: 0, ...call('c1', 'say', wave.slice(0, 10)) }], more(0, wave.slice(10))],
    calls: [call('c1', 'say', wave)],
  },
};
