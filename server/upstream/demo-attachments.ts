/** What the demo model says of files: it cannot look at them, and can tell what has arrived. */

/** A text file as the widget quotes it. */
const QUOTED = /^File "(.*)":\n(`{3,})\n([^]*?)\n\2$/gm;

/** Null where the question has none. */
export function attachmentsText(question: string, images: readonly string[]): string | null {
  const files = [...question.matchAll(QUOTED)].map(([, name = '', , text = '']) => {
    const lines = text.split('\n').length;
    return `the text file “${name}”, ${count(text.length, 'character')} in ${count(lines, 'line')}`;
  });
  const all = [...images.map(imageText), ...files];
  if (all.length === 0) return null;
  return `I have ${count(all.length, 'file')} from you. A demo cannot look at them, but they have arrived:\n\n${all
    .map(text => `- ${text}`)
    .join('\n')}`;
}

function imageText(url: string): string {
  const [, kind] = /^data:image\/(\w+);base64,/i.exec(url) ?? [];
  if (!kind) return `an image at ${new URL(url).host}`;
  const bytes = Math.floor(((url.length - url.indexOf(',') - 1) * 3) / 4);
  return `an image (${kind.toUpperCase()}), ${count(Math.ceil(bytes / 1_000), 'kilobyte')}`;
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}
