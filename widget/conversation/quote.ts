/** A text that a question is about: as it was, and as the Markdown that goes before the question. Pure. */

/** Beyond it a quote is cut: it is to remind of a place, and what is sent has its limits. */
export const MOST_CHARACTERS = 2000;

/** Undefined for a text that says nothing. */
export function toQuote(text: string): string | undefined {
  const said = text.trim().replace(/\r\n?/g, '\n');
  if (said === '') return undefined;
  return `> ${shortened(said).replaceAll('\n', '\n> ')}\n\n`;
}

/** The text of a quote. */
export function quotedText(quote: string): string {
  return quote.trimEnd().replace(/^> ?/gm, '');
}

/** No character is cut in its middle. */
function shortened(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  return `${text
    .slice(0, MOST_CHARACTERS)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()} …`;
}
