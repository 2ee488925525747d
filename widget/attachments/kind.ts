/** What a file is by its first bytes: names and types of files are what somebody claims. */

export type Kind = 'image' | 'heic' | 'pdf' | 'other';

/** As many bytes are enough. */
export const SIGNATURE_BYTES = 32;

const signatures: ReadonlyArray<readonly [start: RegExp, kind: Kind]> = [
  [/^\x89PNG\r\n\x1a\n|^\xff\xd8\xff|^GIF8[79]a|^RIFF[^]{4}WEBP|^BM[^]{4}\0{4}/, 'image'],
  [/^[^]{4}ftypavi[fs]/, 'image'],
  // Few browsers read them, and which do is theirs to say: TIFF, JPEG XL, JPEG 2000, Photoshop, icons.
  [/^II\*\0|^MM\0\*|^\xff\x0a|^\0\0\0\x0c(JXL |jP {2})|^8BPS\0[\x01\x02]|^\0\0\x01\0/, 'image'],
  [/^[^]{4}ftyp(hei[cfmsx]|hev[cmsx]|mif1|msf1)/, 'heic'],
  [/^%PDF-/, 'pdf'],
];

export function kindOf(bytes: Uint8Array): Kind {
  const start = String.fromCharCode(...bytes.subarray(0, SIGNATURE_BYTES));
  return signatures.find(([signature]) => signature.test(start))?.[1] ?? 'other';
}
