/** The language of the page around an element, as BCP 47 has it. */

export function pageLanguage(host: Element): string {
  const named = host.closest<HTMLElement>('[lang]:not([lang=""])')?.lang;
  return named || navigator.language || 'en';
}
