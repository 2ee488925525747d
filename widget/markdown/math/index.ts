/** The way to math, which is loaded with the first formula. */

/** A page of it. What is longer stays as its source. */
const longestMath = 3000;

/** A formula as MathML; null where it cannot be shown, so that its source is. */
export async function renderMath(tex: string, display: boolean): Promise<Element | null> {
  const module = tex.length > longestMath ? null : await load();
  return module?.render(tex, display) ?? null;
}

/** Puts a formula where its source is, once a reader sees it, when there is time. */
export async function showMath(place: HTMLElement, tex: string, display: boolean): Promise<void> {
  if (tex.length > longestMath) return;
  const module = await load();
  await module?.show(place, tex, display);
}

/** The source can be read without it; the next formula asks again. */
function load(): Promise<typeof import('./math.ts') | null> {
  return import('./math.ts').catch(() => null);
}
