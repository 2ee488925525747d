/** Pictures as visitors have them, made in the browser. */

/** Red on the left, blue on the right. */
export async function picture(
  width: number,
  height: number,
  type: 'image/jpeg' | 'image/png' | 'image/webp' = 'image/jpeg',
  name = 'photo.jpg',
): Promise<File> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  for (const [colour, left] of [
    ['#f00', 0],
    ['#00f', width / 2],
  ] as const) {
    context.fillStyle = colour;
    context.fillRect(left, 0, width / 2, height);
  }
  return new File([await canvas.convertToBlob({ type })], name, { type });
}

/** The same JPEG as of a camera that was turned to the right, and that says where that was. */
export async function turned(jpeg: File, place: string): Promise<File> {
  const bytes = new Uint8Array(await jpeg.arrayBuffer());
  // TIFF 6.0: one entry, tag 0x0112 (orientation), a short, 6: the first row is the right side.
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
  const exif = [...new TextEncoder().encode('Exif\0\0'), ...tiff, ...new TextEncoder().encode(place)];
  const length = exif.length + 2;
  const segment = Uint8Array.from([0xff, 0xe1, length >> 8, length & 255, ...exif]);
  const whole = Uint8Array.from([...bytes.subarray(0, 2), ...segment, ...bytes.subarray(2)]);
  // In one part, as from a disk: Firefox 153 decodes none that begins with a few bytes.
  return new File([whole], jpeg.name, { type: jpeg.type });
}

/** What a request has of it, as it is shown: its size, and the colours at its four sides. */
export async function seen(dataUrl: string) {
  const bytes = Uint8Array.from(atob(dataUrl.split(',')[1]!), byte => byte.charCodeAt(0));
  const type = /^data:([^;]+)/.exec(dataUrl)![1]!;
  const bitmap = await createImageBitmap(new Blob([bytes], { type }));
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  const colour = (x: number, y: number) => {
    const [red = 0, , blue = 0] = context.getImageData(Math.floor(x), Math.floor(y), 1, 1).data;
    if (red > 180 && blue < 80) return 'red';
    return blue > 180 && red < 80 ? 'blue' : 'other';
  };
  const sides = {
    left: colour(1, height / 3),
    right: colour(width - 2, height / 3),
    top: colour(width / 3, 1),
    bottom: colour(width / 3, height - 2),
  };
  return { type, width, height, sides, text: new TextDecoder('latin1').decode(bytes) };
}
