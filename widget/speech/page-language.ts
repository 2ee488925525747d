/** The language of the page around an element, as BCP 47 has it: what throws is no tag to segment or to speak by. */

export function pageLanguage(host: Element): string {
  const named = host.closest<HTMLElement>('[lang]:not([lang=""])')?.lang;
  return tagOf(named) ?? tagOf(navigator.language) ?? 'en';
}

/** Pages write `en_US`, and a browser's own language is `C` where its system has none. */
function tagOf(lang = ''): string | undefined {
  try {
    return Intl.getCanonicalLocales(lang.replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}
