/** Files of images as far as their first bytes go, as the URLs that a request has them in. */

const starts = {
  png: '89504e470d0a1a0a',
  jpeg: 'ffd8ffe0',
  gif: '474946383961',
  webp: '524946460000000057454250',
} as const;

/** @param kilobytes of the file, of 1,000 */
export function pictureUrl(kind: keyof typeof starts, kilobytes = 1, claims: string = kind): string {
  const start = Buffer.from(starts[kind], 'hex');
  const bytes = Buffer.concat([start, Buffer.alloc(kilobytes * 1_000 - start.length, 7)]);
  return `data:image/${claims};base64,${bytes.toString('base64')}`;
}

export function imagePart(url: string) {
  return { type: 'image_url', image_url: { url } } as const;
}
