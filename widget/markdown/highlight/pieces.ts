/**
 * Cuts code into pieces that are coloured one at a time. A grammar's expressions cannot be interrupted, and some take
 * time by the square of the length, so that no piece may be long.
 */

export const longestPiece = 600;

/** Of a line that is longer than that: no grammar is written for such lines, so that they cost the most. */
const pieceOfLine = 250;

/** The pieces end with lines, and where there is one, before a line that starts at the margin. */
export function* cutPieces(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    const end = cutAfter(text, from);
    yield text.slice(from, end);
    from = end;
  }
}

function cutAfter(text: string, from: number): number {
  const limit = from + longestPiece;
  if (limit >= text.length) return text.length;
  const lastLine = text.lastIndexOf('\n', limit - 1) + 1;
  if (lastLine <= from) return isPair(text, from + pieceOfLine) ? from + pieceOfLine - 1 : from + pieceOfLine;
  // Statements and tags that go over several lines mostly indent them: what is looked for ahead is in the piece.
  for (let line = lastLine; line > from + longestPiece / 2; line = text.lastIndexOf('\n', line - 2) + 1)
    if (/[^\s)\]}]/.test(text[line]!)) return line;
  return lastLine;
}

/** Whether a cut would divide a character. */
function isPair(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}
