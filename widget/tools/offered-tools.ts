/** The tools of the page that a request offers: those that are as they should be, and that the server allows. */

import type { WireTool } from '../../server/protocol.ts';
import type { Run } from '../controllers/run.ts';
import type { Tool } from './tool.ts';

const NAME = /^[a-zA-Z0-9_-]{1,64}$/;
/** The page's developers hear of each once. */
const heardOf = new WeakSet<Tool>();

/** Only our proxy says which it allows; any other server is offered all. */
export function offeredTools({ host, resumes, allowedTools = [] }: Run): readonly Tool[] {
  const tools = new Map<string, Tool>();
  for (const tool of Array.isArray(host?.tools) ? host.tools : []) {
    if (!isTool(tool)) complain(tool);
    else if (!tools.has(tool.name) && (!resumes || allowedTools.includes(tool.name)))
      tools.set(tool.name, tool);
  }
  return [...tools.values()];
}

export function onWire({ name, description, parameters }: Tool): WireTool {
  return {
    type: 'function',
    function: { name, ...(description && { description }), ...(parameters && { parameters }) },
  };
}

function isTool(tool: Tool): boolean {
  return typeof tool?.run === 'function' && typeof tool.name === 'string' && NAME.test(tool.name);
}

function complain(tool: Tool): void {
  if (typeof tool === 'object' && tool !== null) {
    if (heardOf.has(tool)) return;
    heardOf.add(tool);
  }
  console.error('rivulet-chat: a tool needs a name of letters, digits, _ and -, and a function run', tool);
}
