/**
 * What the demo model does with the functions of a page: it calls all that it is offered, with the examples that their
 * own schemas have, and then says what they gave. It is scripted, and says so.
 */

import { type Content, textsOf } from './content.ts';

export interface DemoTool {
  function: { name: string; parameters?: Schema };
}

export interface DemoCall {
  name: string;
  /** JSON. */
  arguments: string;
}

interface Schema {
  type?: unknown;
  properties?: Record<string, Schema>;
  enum?: unknown[];
  examples?: unknown[];
  default?: unknown;
}

/** What is read of a request. */
export interface DemoAsked {
  messages: ReadonlyArray<{ role: string; content?: Content }>;
  tools?: readonly DemoTool[];
}

/** What it says, and what it calls after that. */
export function playTools({ messages, tools = [] }: DemoAsked): { content: string; calls?: DemoCall[] } {
  if (tools.length === 0) return { content: NONE };
  const since = messages.slice(messages.findLastIndex(({ role }) => role === 'user') + 1);
  const results = since.filter(({ role }) => role === 'tool');
  if (results.length === 0) return { content: ASKING, calls: callsOf(tools) };
  return { content: `${TOLD}\n\n${results.map(quoted).join('\n')}` };
}

const NONE = 'I would call functions of this page now, but it has handed me none.';
const ASKING =
  'I am a script and do not know when a function is worth calling, so I call all that this page has:';
const TOLD = 'The page has run them. This is what it told me:';

function quoted({ content }: { content?: Content }): string {
  return `- \`${textsOf(content).join(' ').replaceAll('`', "'").replaceAll(/\s+/g, ' ').slice(0, 500)}\``;
}

function callsOf(tools: readonly DemoTool[]): DemoCall[] {
  return tools.map(({ function: { name, parameters } }) => ({
    name,
    arguments: parameters?.properties
      ? JSON.stringify(
          Object.fromEntries(
            Object.entries(parameters.properties).map(([name, schema]) => [name, exampleOf(schema)]),
          ),
        )
      : '',
  }));
}

function exampleOf(schema: Schema): unknown {
  const given = schema.examples?.[0] ?? schema.default ?? schema.enum?.[0];
  if (given !== undefined) return given;
  switch (schema.type) {
    case 'number':
    case 'integer':
      return 1;
    case 'boolean':
      return true;
    case 'array':
      return [];
    case 'object':
      return {};
    default:
      return 'demo';
  }
}
