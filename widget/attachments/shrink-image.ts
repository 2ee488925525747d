/**
 * An image as it is sent: upright, no larger than a model looks at, a JPEG that every upstream reads, and nothing else of its
 * file: not where and by what it was taken. Decoding and scaling is the browser's own, mostly off the main thread.
 */

import { dataUrlOf } from './data-url.ts';
import { imageSize, type Size } from './image-size.ts';

/** Pixels of the longer side: what is above it, models scale down themselves. */
const LONGEST = 1568;
/** Decoded it takes four bytes each: more than this many pixels end a phone's tab. */
const MOST_PIXELS = 100_000_000;
/** The head of a file, in which its size stands: behind pictures for previews and profiles of colours. */
const HEAD_BYTES = 1_000_000;
/** Tried in turn until the image has few enough bytes. */
const attempts = [
  { scale: 1, quality: 0.85 },
  { scale: 1, quality: 0.6 },
  { scale: 0.6, quality: 0.6 },
  { scale: 0.3, quality: 0.5 },
] as const;

export interface ShrunkImage extends Size {
  dataUrl: string;
}

/**
 * @param mostCharacters of the `data:` URL
 * @throws what the browser throws for an image that it cannot read; RangeError for one that is too large
 */
export async function shrinkImage(file: Blob, mostCharacters: number): Promise<ShrunkImage> {
  const size = imageSize(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()));
  if (size && size.width * size.height > MOST_PIXELS) throw new RangeError('too many pixels');
  const bitmap = await decode(file, size);
  try {
    for (const { scale, quality } of attempts) {
      const image = await encode(bitmap, LONGEST * scale, quality);
      if (image.dataUrl.length <= mostCharacters) return image;
    }
  } finally {
    bitmap.close();
  }
  throw new RangeError('too many bytes');
}

/** One whose size is known is never in memory as large as it is, where the browser can do that. */
async function decode(file: Blob, size: Size | undefined): Promise<ImageBitmap> {
  const factor = size ? LONGEST / Math.max(size.width, size.height) : 1;
  if (!size || factor >= 1) return createImageBitmap(file);
  // A small one first shows whether the browser has turned it: then its sides change places.
  const small = await createImageBitmap(file, { resizeWidth: 64 });
  const isTurned = size.width > size.height !== small.width > small.height;
  small.close();
  const width = isTurned ? size.height : size.width;
  const resizeWidth = Math.max(1, Math.round(width * factor));
  // The other side follows, so that nothing is ever distorted.
  return createImageBitmap(file, { resizeWidth, resizeQuality: 'high' });
}

async function encode(bitmap: ImageBitmap, longest: number, quality: number): Promise<ShrunkImage> {
  const factor = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map(side => Math.max(1, Math.round(side * factor)));
  const canvas = new OffscreenCanvas(width!, height!);
  const context = canvas.getContext('2d')!;
  // A JPEG has no transparency: it would be black.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const file = await canvas.convertToBlob({ type: 'image/jpeg', quality });
  return { width: canvas.width, height: canvas.height, dataUrl: await dataUrlOf(file) };
}
