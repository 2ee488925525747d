/** How large an image is, from the head of its file: what is too large is not even decoded. */

export interface Size {
  width: number;
  height: number;
}

/** Undefined for kinds that are not read here, and for what is broken. A camera that was held upright may mean it the other way. */
export function imageSize(bytes: Uint8Array): Size | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const size = sizeIn(view);
    return size && size.width > 0 && size.height > 0 ? size : undefined;
  } catch (error) {
    // It ends before it has said so.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function sizeIn(view: DataView): Size | undefined {
  switch (view.getUint32(0)) {
    case 0x89504e47: // PNG
      return { width: view.getUint32(16), height: view.getUint32(20) };
    case 0x47494638: // GIF8
      return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    case 0x52494646: // RIFF, of WebP
      return webpSize(view);
    default:
      return view.getUint16(0) === 0xffd8 ? jpegSize(view) : undefined;
  }
}

function webpSize(view: DataView): Size | undefined {
  switch (view.getUint32(12)) {
    case 0x56503820: // VP8, with loss
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case 0x5650384c: {
      // VP8L, without: two numbers of 14 bits, each less by one.
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
    }
    case 0x56503858: {
      // VP8X, with more in it: of 24 bits.
      const at = (offset: number) => (view.getUint32(offset, true) & 0xffffff) + 1;
      return { width: at(24), height: at(27) };
    }
    default:
      return undefined;
  }
}

/** ITU-T T.81, B.1: segments with their lengths, one of which begins the frame and has its size. */
function jpegSize(view: DataView): Size | undefined {
  for (let at = 2; ; ) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      // Any number of these may come before a marker.
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
}
