/** The way to the colours of code, which are loaded with the first block that names a language. */

/** Colours a block of code whose text is complete, when there is time. The text stays as it is. */
export async function colourCode(code: HTMLElement, label: string): Promise<void> {
  if (label === '') return;
  // Code reads without colours too; the next block asks for them again.
  const module = await import('./colour.ts').catch(() => null);
  await module?.colour(code, label);
}
