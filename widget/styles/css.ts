/**
 * A style sheet from a template literal. It is constructed, as a page's strict policy allows no `<style>` element; and
 * not Lit's own, as the launcher is there before Lit.
 */
export function css({ raw: [text] }: TemplateStringsArray): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text ?? '');
  return sheet;
}
