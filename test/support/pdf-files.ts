/** PDFs as visitors have them, and as nobody should: made of the objects that a test names. */

/** What a PDF has besides its pages. */
interface Parts {
  /** Of the trailer, as `/Encrypt 9 0 R`. */
  trailer?: string;
  /** Of the catalogue, as `/OpenAction 9 0 R`. */
  catalog?: string;
  /** Of each page. */
  page?: string;
  /** Of their resources, besides the font `/F`. */
  resources?: string;
  /** Others, by their numbers, which are from 900 on. */
  objects?: Record<number, string>;
  font?: string;
}

const HELVETICA = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';

/** @param contents what each page draws, as PDF has it */
export function pdf(contents: readonly string[], parts: Parts = {}): string {
  const { trailer = '', catalog = '', page = '', resources = '', objects = {}, font = HELVETICA } = parts;
  const kids = contents.map((_, index) => `${10 + 2 * index} 0 R`).join(' ');
  const all: Record<number, string> = {
    1: `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    2: `<< /Type /Pages /Kids [${kids}] /Count ${contents.length} >>`,
    3: font,
    ...objects,
  };
  contents.forEach((content, index) => {
    const number = 10 + 2 * index;
    all[number] =
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents ${number + 1} 0 R ` +
      `/Resources << /Font << /F 3 0 R >> ${resources} >> ${page} >>`;
    all[number + 1] = stream(content);
  });
  let text = '%PDF-1.7\n';
  const places = Object.entries(all).map(([number, object]) => {
    const at = text.length;
    text += `${number} 0 obj\n${object}\nendobj\n`;
    return `${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const start = text.length;
  return `${text}xref\n0 1\n0000000000 65535 f \n${places.join('')}trailer\n<< /Size 999 /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
}

export function stream(content: string, entries = ''): string {
  return `<< /Length ${content.length} ${entries} >>\nstream\n${content}\nendstream`;
}

/** Draws lines of text. */
export function lines(...texts: string[]): string {
  const shown = texts.map(text => `(${text.replace(/[\\()]/g, '\\$&')}) Tj T*`);
  return `BT /F 12 Tf 14 TL 50 700 Td ${shown.join(' ')} ET`;
}

/** Draws with `symbols` what the page numbers from 1. */
export function symbols(count: number): string {
  const codes = Array.from({ length: count }, (_, index) => (index + 1).toString(16).padStart(4, '0'));
  return `BT /F 12 Tf 50 700 Td <${codes.join('')}> Tj ET`;
}

/** A font whose own table alone says what its symbols mean, as every program writes them that is not for English only. */
export function meaning(text: string): Parts {
  const units = (character: string) =>
    Array.from(character.split(''), unit => unit.charCodeAt(0).toString(16).padStart(4, '0')).join('');
  const entries = Array.from(
    text,
    (character, index) => `<${(index + 1).toString(16).padStart(4, '0')}> <${units(character)}>`,
  );
  const table = `begincmap\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n${entries.length} beginbfchar\n${entries.join('\n')}\nendbfchar\nendcmap`;
  return {
    font: '<< /Type /Font /Subtype /Type0 /BaseFont /Any /Encoding /Identity-H /DescendantFonts [901 0 R] /ToUnicode 900 0 R >>',
    objects: {
      900: stream(table),
      901: '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Any /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 902 0 R /DW 1000 >>',
      902: '<< /Type /FontDescriptor /FontName /Any /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>',
    },
  };
}

/** Nobody knows the password. */
export const LOCKED: Parts = {
  trailer: '/Encrypt 900 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]',
  objects: {
    900: `<< /Filter /Standard /V 1 /R 2 /P -4 /O <${'5a'.repeat(32)}> /U <${'a5'.repeat(32)}> >>`,
  },
};
