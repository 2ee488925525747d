/**
 * The text of a PDF, page by page. Nothing of it is drawn, no script of it is run, nothing that it names is fetched. Loaded
 * with the first one, as its reader is larger than all else here together.
 */

import { giveBack, withNames } from './pdf-names.ts';
import { getDocument, type PDFDocumentProxy } from 'unpdf/pdfjs';
import { CONTROL } from './read-text.ts';
import { Refused } from './refusal.ts';

giveBack();

/** Nobody waits for more, nor could a model read them. */
const MOST_PAGES = 500;
/** Half a character: a font may say that it shows one. */
const HALF = /\p{Surrogate}/gu;

/** @throws Refused */
export async function readPdf(bytes: Uint8Array, name: string, mostCharacters: number): Promise<string> {
  const loading = withNames(() => open(bytes));
  try {
    const pdf = await loading.promise;
    const pages = pdf.numPages;
    if (pages > MOST_PAGES) throw new Refused({ reason: 'too_many_pages', name, pages, most: MOST_PAGES });
    const text = await textOf(pdf, mostCharacters);
    if (text.length > mostCharacters)
      throw new Refused({ reason: 'too_long', name, characters: mostCharacters });
    if (text === '') throw new Refused({ reason: 'no_text', name });
    return text;
  } catch (error) {
    if (error instanceof Refused) throw error;
    const isLocked = error instanceof Error && error.name === 'PasswordException';
    throw new Refused({ reason: isLocked ? 'locked' : 'unreadable', name });
  } finally {
    await loading.destroy();
  }
}

function open(data: Uint8Array) {
  return getDocument({
    data,
    verbosity: 0,
    // Nothing but its text is wanted: no fonts for the page, no pictures, nothing compiled for either.
    disableFontFace: true,
    useSystemFonts: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    useWasm: false,
    maxImageSize: 1,
  });
}

/** A little more than there may be, where there is more. */
async function textOf(pdf: PDFDocumentProxy, mostCharacters: number): Promise<string> {
  let text = '';
  for (let number = 1; number <= pdf.numPages && text.length <= mostCharacters; number++) {
    const page = (await pageText(pdf, number)).trim();
    text += text && page ? `\n\n${page}` : page;
    // It is read on the page's own thread: a policy that lets this script in may let in no worker of it.
    await new Promise(resolve => setTimeout(resolve));
  }
  return text;
}

async function pageText(pdf: PDFDocumentProxy, number: number): Promise<string> {
  const page = await pdf.getPage(number);
  const { items } = await page.getTextContent();
  page.cleanup();
  const lines = items.map(item => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : ''));
  return lines
    .join('')
    .replace(CONTROL, '')
    .replace(HALF, '\ufffd')
    .replace(/[^\S\n]+$/gm, '');
}
