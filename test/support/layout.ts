/** What axe does not look at: how large things are to point at, and whether all of them fit. */

import type { Page } from 'playwright-core';

/** Each fault of the chat's layout in a line. */
export async function layoutFaults(page: Page): Promise<string[]> {
  await defineName(page);
  return page.evaluate(() => {
    const faults: string[] = [];
    const chat = document.querySelector('rivulet-chat')!;
    const elements: HTMLElement[] = [];
    const collect = (root: ParentNode) => {
      for (const element of root.querySelectorAll<HTMLElement>('*')) {
        if (element instanceof HTMLElement) elements.push(element);
        if (element.shadowRoot) collect(element.shadowRoot);
      }
    };
    if (chat.shadowRoot) collect(chat.shadowRoot);
    const isInert = (element: HTMLElement): boolean => {
      const parent =
        element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as ShadowRoot).host;
      return element.inert || (parent instanceof HTMLElement && isInert(parent));
    };
    const nameOf = (element: HTMLElement) =>
      `${element.localName}.${element.className} “${(element.ariaLabel ?? element.textContent ?? '').trim().slice(0, 30)}”`;
    for (const element of elements) {
      if (!element.checkVisibility({ visibilityProperty: true }) || isInert(element)) continue;
      const { width, height } = element.getBoundingClientRect();
      // 2.5.8, https://www.w3.org/WAI/WCAG22/Understanding/target-size-minimum: what stands in a sentence is exempt.
      const isTarget = element.matches(
        'button, summary, select, textarea, input:not(:disabled), a[role], [role=option]',
      );
      // The label around a box is as good as the box.
      const target = element.matches('input') ? element.closest('label, tr') : null;
      const box = target?.getBoundingClientRect() ?? { width, height };
      if (isTarget && !element.matches('.footnote') && width > 1 && (box.width < 23.5 || box.height < 23.5))
        faults.push(`${Math.round(width)} × ${Math.round(height)} to point at: ${nameOf(element)}`);
      // 1.4.10: what scrolls to two sides; code, tables and formulas may.
      const style = getComputedStyle(element);
      const scrolls = /auto|scroll/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
      if (scrolls && !element.matches('pre, .wide, .math, textarea'))
        faults.push(`wider than what is seen of it: ${nameOf(element)}`);
      // Text that is cut, and does not say so by dots.
      const cuts = style.overflowY === 'hidden' && style.overflowX === 'hidden' && height > 1;
      if (
        cuts &&
        style.textOverflow !== 'ellipsis' &&
        element.scrollHeight > element.clientHeight + 2 &&
        !element.matches('.wave, svg, rivulet-panel')
      )
        faults.push(`cut: ${nameOf(element)}`);
      const isText = element.matches('button, .chip') && !element.matches('.model, .open');
      if (
        isText &&
        (element.scrollWidth > element.clientWidth + 2 || element.scrollHeight > element.clientHeight + 2)
      )
        faults.push(`text beyond its box: ${nameOf(element)}`);
    }
    if (document.documentElement.scrollWidth > innerWidth) faults.push('the page scrolls sideways');
    return faults;
  });
}

/** What visitors set who need room between letters, words and lines (1.4.12), in all trees of the chat. */
export async function spaceText(page: Page): Promise<void> {
  await defineName(page);
  await page.evaluate(() => {
    const spacing = new CSSStyleSheet();
    spacing.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }',
    );
    const adopt = (root: ShadowRoot | Document) => {
      if (!root.adoptedStyleSheets.includes(spacing)) root.adoptedStyleSheets.push(spacing);
      for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) adopt(shadowRoot);
    };
    adopt(document);
  });
}

/** Text of twice the size and nothing else larger (1.4.4), as browsers have it that enlarge text alone. */
export async function doubleText(page: Page): Promise<void> {
  await defineName(page);
  await page.evaluate(() => {
    const elements: HTMLElement[] = [];
    const collect = (root: ParentNode) => {
      for (const element of root.querySelectorAll<HTMLElement>('*')) {
        if (element instanceof HTMLElement) elements.push(element);
        if (element.shadowRoot) collect(element.shadowRoot);
      }
    };
    collect(document.querySelector('rivulet-chat')!.shadowRoot!);
    for (const { style } of elements) style.removeProperty('font-size');
    const sizes = elements.map(element => Number.parseFloat(getComputedStyle(element).fontSize));
    for (const [index, { style }] of elements.entries())
      style.setProperty('font-size', `${2 * sizes[index]!}px`, 'important');
  });
}

/** What runs TypeScript gives functions their names by a function of its own, which pages do not have. */
async function defineName(page: Page): Promise<void> {
  await page.evaluate('globalThis.__name ??= named => named');
}
