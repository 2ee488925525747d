/** `rivulet-chat integrity`: the tags for a page whose browser is to refuse the widget's files when somebody has changed them. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '../config/config-error.ts';
import { widgetFolder } from '../node/assets.ts';
import type { Command } from './command.ts';

export const integrity: Command = {
  help: `rivulet-chat integrity <url>     prints the tags for a page that checks the widget's files; url: the folder they lie in`,
  options: {},
  maxArguments: 1,
  run: async (_config, _values, [url = '']) => {
    if (!URL.canParse(url) || !new URL(url).protocol.startsWith('http')) {
      throw new ConfigError(
        'integrity needs the address of the folder with widget.js, such as https://example.com/rivulet/0.1.0/.',
      );
    }
    process.stdout.write(checkedTags(new URL(url.replace(/\/?$/, '/'))));
    return 0;
  },
};

function checkedTags(folder: URL): string {
  const chunks = readdirSync(new URL('widget/', widgetFolder)).filter(name => name.endsWith('.js'));
  const hashes = chunks.map(name => [new URL(`widget/${name}`, folder).href, hashOf(`widget/${name}`)]);
  // What is loaded later has no tag of its own: the map is where a page can say what it has to be.
  const map = JSON.stringify({ integrity: Object.fromEntries(hashes) });
  const script = new URL('widget.js', folder).href;
  return [
    `<script type="importmap">${map}</script>`,
    `<script src="${script}" integrity="${hashOf('widget.js')}" crossorigin="anonymous" async></script>`,
    '',
    'Where the page has a policy, the map is named in it, as a script in the page:',
    `Content-Security-Policy: script-src ${folder.origin} '${digest('sha256', map)}'`,
    '',
  ].join('\n');
}

function hashOf(file: string): string {
  return digest('sha384', readFileSync(fileURLToPath(new URL(file, widgetFolder))));
}

function digest(algorithm: 'sha256' | 'sha384', content: string | Buffer): string {
  return `${algorithm}-${createHash(algorithm).update(content).digest('base64')}`;
}
