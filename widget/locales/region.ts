/** Where a language is spoken: dates and numbers are written otherwise there than elsewhere. */

/** A tag of BCP 47, likely ones for what it does not say; all empty for rubbish. */
export function read(tag: string): { language: string; script: string; hasRegion: boolean } {
  try {
    const locale = new Intl.Locale(tag.replaceAll('_', '-'));
    const { language, script = '' } = locale.maximize();
    return { language, script, hasRegion: locale.region !== undefined };
  } catch {
    return { language: '', script: '', hasRegion: false };
  }
}

/** With the region that is named where the language is; else by the page, or by the visitor's browser. */
export function withRegion(lang: string): string {
  const { document, navigator } = globalThis as Partial<typeof globalThis>;
  const wanted = read(lang);
  const isMeant = (tag: string) => {
    const { language, script, hasRegion } = read(tag);
    return hasRegion && language === wanted.language && script === wanted.script;
  };
  const named = [lang, document?.documentElement.lang ?? '', ...(navigator?.languages ?? [])];
  return (named.find(isMeant) ?? lang).replaceAll('_', '-');
}
