/** How the nodes are shown that only the full syntax makes. */

import { enExtras } from '../../locales/en-extras.ts';
import { wordsOf } from '../../locales/words-of.ts';
import { adoptStyles } from '../later/styles.ts';
import { listsOf } from '../patcher-inlines.ts';
import { element } from '../patcher.ts';
import type { Views } from '../view.ts';
import { imageDom } from './patcher-image.ts';
import { LinkView, linkElement } from './patcher-link.ts';
import { MathView } from './patcher-math.ts';
import { followNotes, ReferenceView } from './patcher-notes.ts';
import { TableView } from './patcher-table.ts';
import { taskContent } from './patcher-task.ts';
import { extraStyles } from './styles.ts';

export const fullViews: Views = {
  follow(container, around) {
    adoptStyles(container, extraStyles);
    around.extraWords = wordsOf(container, 'extras', enExtras);
    const showNotes = followNotes(container, around);
    return parser => {
      for (const inlines of parser.takeRevised()) listsOf.get(inlines)?.updateFrom(inlines, 0);
      showNotes(parser.root);
    };
  },

  keyOf(node) {
    switch (node.type) {
      case 'link':
        return linkElement(node);
      case 'image':
        return JSON.stringify(node);
      case 'math':
        return `math ${node.display}`;
      case 'footnote-reference':
        return `note ${node.label}`;
      default:
        return node satisfies never;
    }
  },

  inline(node, around) {
    switch (node.type) {
      case 'link':
        return new LinkView(node, around);
      case 'image':
        return { dom: imageDom(node, around), update() {} };
      case 'math':
        return new MathView(element('span', node.display ? 'math display' : 'math'));
      case 'footnote-reference':
        return new ReferenceView(node.label, around);
      default:
        return node satisfies never;
    }
  },

  task: taskContent,

  block: (node, around) =>
    node.type === 'table' ? new TableView(around) : new MathView(element('div', 'math display')),
};
