/** Writes text as Markdown that means the same text, with no more backslashes than it needs. */

export interface Place {
  /** What is written before and after it: a character, or nothing at the edges of a block. */
  before: string;
  after: string;
  /** A dollar could be taken for the delimiter of math. */
  hasDollars: boolean;
  /** Of a link's text: an address in it is no link, and its brackets have to be in pairs. */
  link: 'none' | 'paired' | 'unpaired';
}

const special = /[\\`*~<&$!^[\]:.@\r\n]|_+/g;
const entity = /^&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/i;
const word = /[\p{L}\p{N}]/u;

export function escapeText(text: string, place: Place): string {
  const { before, after, hasDollars, link } = place;
  return text.replace(special, (mark, index: number) => {
    const previous = text.slice(Math.max(0, index - 12), index) || before;
    const following = text.slice(index + mark.length, index + mark.length + 40) || after;
    const next = following[0] ?? '';
    const escaped = `\\${mark}`;
    switch (mark) {
      case '\\':
        return next === '' || /[!-/:-@[-`{-~\n]/.test(next) ? escaped : mark;
      case '`':
        return escaped;
      case '*':
      case '~':
        return isLoose(previous, next) ? mark : escaped;
      case '<':
        return /[a-z/!?]/i.test(next) ? escaped : mark;
      case '&':
        return entity.test(mark + following) ? escaped : mark;
      case '$':
        return hasDollars ? escaped : mark;
      case '!':
        return index === text.length - 1 && next === '[' ? escaped : mark;
      case '^':
        return previous.endsWith('[') ? escaped : mark;
      case '[':
        return link === 'unpaired' ? reference(mark) : mark;
      case ']':
        if (link === 'unpaired') return reference(mark);
        return link === 'none' && /[([:]/.test(next) ? escaped : mark;
      case ':':
        return link === 'none' && following.startsWith('//') && /(?:https?|ftp)$/i.test(previous)
          ? escaped
          : mark;
      case '.':
        return link === 'none' && /(?:^|[^a-z])www$/i.test(previous) ? escaped : mark;
      case '@':
        return link === 'none' && /[\w.+-]$/.test(previous) && /^[\w-]+\./.test(following) ? escaped : mark;
      case '\n':
      case '\r':
        return reference(mark);
      default: {
        const isInWord = word.test([...previous].at(-1) ?? '') && word.test(firstOf(following));
        return isInWord || isLoose(previous, next) ? mark : mark.replaceAll('_', '\\_');
      }
    }
  });
}

/** Between spaces nothing is emphasized. */
function isLoose(previous: string, next: string): boolean {
  return previous.endsWith(' ') && next === ' ';
}

export function firstOf(text: string): string {
  return text === '' ? '' : String.fromCodePoint(text.codePointAt(0)!);
}

/** What begins a block at the beginning of a line, made to begin none. */
export function escapeLineStart(text: string, isInItem: boolean): string {
  const line = isInItem ? text.replace(/^\[([ xX])\](?=\s)/, '[$1\\]') : text;
  if (/^(?:#{1,6}(?:\s|$)|>|[-+](?:\s|$))/.test(line)) return `\\${line}`;
  // An underline of a heading, or the row of dashes under a table's head.
  if (/^[-=|:][-=|: \t]*$/.test(line)) return `\\${line}`;
  if (/^[ \t]/.test(line)) return reference(line[0]!) + line.slice(1);
  return line.replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}

/** A character by its number. */
export function reference(char: string): string {
  return `&#${char.codePointAt(0)};`;
}

/** A link's title, or what else is between quotes. */
export function escapeTitle(title: string): string {
  return escapeEntities(title.replace(/["\\]/g, '\\$&')).replace(/[\r\n]/g, reference);
}

/** Where a link leads. */
export function escapeAddress(address: string): string {
  const plain = address !== '' && !/^<|[\0-\x20\x7f]/.test(address) && hasPairs(address, '(', ')');
  if (plain) return escapeEntities(address.replaceAll('\\', '\\\\'));
  return address && `<${escapeEntities(address.replace(/[<>\\]/g, '\\$&')).replace(/[\r\n]/g, reference)}>`;
}

/** The name of a language. */
export function escapeName(name: string): string {
  return escapeEntities(name.replace(/\\(?=[!-/:-@[-`{-~])/g, '\\\\'));
}

function escapeEntities(text: string): string {
  return text.replace(/&(?=#?[\da-z]{1,32};)/gi, '\\&');
}

/** Whether each opening character has its closing one. */
export function hasPairs(text: string, opening: string, closing: string): boolean {
  let depth = 0;
  for (const char of text) {
    if (char === opening) depth += 1;
    else if (char === closing) depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
