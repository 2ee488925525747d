/** The same character is drawn otherwise in each of these languages: its own font goes first. */

import { adoptStyles } from '../markdown/later/styles.ts';
import { css } from './css.ts';

const firstCjk = css`
  :host(:lang(zh-Hant)),
  :host(:lang(zh-TW)),
  :host(:lang(zh-HK)) {
    --_first-cjk: 'PingFang TC', 'Microsoft JhengHei', 'Noto Sans CJK TC',;
  }
  :host(:lang(ja)) {
    --_first-cjk: 'Hiragino Sans', 'Yu Gothic UI', 'Noto Sans CJK JP',;
  }
  :host(:lang(ko)) {
    --_first-cjk: 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans CJK KR',;
  }
`;

export function adoptFirstCjk(root: Node): void {
  adoptStyles(root, firstCjk);
}
