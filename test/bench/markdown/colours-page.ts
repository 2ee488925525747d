/** The browser's half of the benchmark of colours: a block of code that closes in a transcript. */

import '../../../widget/elements/transcript.ts';
import { tokens } from '../../../widget/styles/tokens.ts';

const style = new CSSStyleSheet();
style.replaceSync(`
  body { margin: 0; }
  #panel { container-type: size; display: flex; flex-direction: column; height: 640px; font: 15px/1.6 system-ui, sans-serif; }
`);

let code: () => Element | null;

/** Shows a block that is not closed yet; fulfilled when it is on screen. */
export async function show(text: string): Promise<() => unknown> {
  const panel = document.createElement('div');
  panel.id = 'panel';
  document.body.replaceChildren(panel);
  document.adoptedStyleSheets = [style];
  const root = panel.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [tokens];
  const transcript = root.appendChild(document.createElement('rivulet-transcript'));
  const say = (content: string) => {
    transcript.messages = [
      { id: '1', role: 'user', content: 'Please.' },
      { id: '2', role: 'assistant', content, reasoning: '', status: 'streaming' },
    ];
  };
  say(text);
  await new Promise(resolve => setTimeout(resolve, 500));
  code = () => transcript.renderRoot.querySelector('pre code');
  // In a task of its own, as a delta comes, and not in that of whoever measures.
  return () => setTimeout(() => say(`${text}\n\`\`\`\n\nThat is it.`), 100);
}

/** How many tokens have a colour. */
export function coloured(): number {
  return code()?.querySelectorAll('.piece > span').length ?? 0;
}
