/** Which images may go to a model: those that are in the request and are what they claim, and those of sites the operator trusts. */

/** What upstreams can read, each with how its files begin (as Latin-1). No SVG: that is a document, with scripts and links. */
const signatures: Readonly<Record<string, RegExp>> = {
  png: /^\x89PNG\r\n\x1a\n/,
  jpeg: /^\xff\xd8\xff/,
  gif: /^GIF8[79]a/,
  webp: /^RIFF[^]{4}WEBP/,
};
const kinds = Object.keys(signatures).map(kind => `image/${kind}`);
/** Characters of base64 that hold the longest of the signatures. */
const SIGNATURE_CHARACTERS = 16;

const MUST_BE = `must be a data: URL in base64, of ${kinds.slice(0, -1).join(', ')} or ${kinds.at(-1)}`;

/**
 * Says in words for the client what is wrong with the URL of an image; null where nothing is.
 * @param origins those from which an upstream may fetch images
 */
export function imageFault(url: string, origins: readonly string[]): string | null {
  if (/^data:/i.test(url)) return dataFault(url);
  if (origins.length === 0) return MUST_BE;
  const isTrusted = URL.canParse(url) && origins.includes(new URL(url).origin);
  return isTrusted ? null : `${MUST_BE}, or be of ${origins.join(', ')}`;
}

function dataFault(url: string): string | null {
  const [, kind = ''] = /^data:image\/([a-z]+);base64,/i.exec(url) ?? [];
  const signature = signatures[kind.toLowerCase()];
  if (!signature) return MUST_BE;
  const base64 = url.slice(url.indexOf(',') + 1);
  // Searched for what does not belong: millions of characters that do cost a regular expression no memory then.
  const isBase64 = base64.length % 4 === 0 && !/[^A-Za-z0-9+/]/.test(base64.replace(/={1,2}$/, ''));
  if (!isBase64) return 'is not valid base64';
  return signature.test(atob(base64.slice(0, SIGNATURE_CHARACTERS))) ? null : `is no ${kind.toUpperCase()}`;
}
