/** Files as `data:` URLs, and back. By hand: a page with a strict policy lets nobody fetch one. */

/** As many bytes are given to one call: each is an argument. */
const AT_ONCE = 0x8000;

export async function dataUrlOf(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += AT_ONCE)
    text += String.fromCharCode(...bytes.subarray(at, at + AT_ONCE));
  return `data:${file.type};base64,${btoa(text)}`;
}

/** Undefined for what is none. */
export function fileOf(dataUrl: string): Blob | undefined {
  const [, type, base64 = ''] = /^data:(image\/[a-z]+);base64,(.*)$/.exec(dataUrl) ?? [];
  if (!type) return undefined;
  try {
    return new Blob([Uint8Array.from(atob(base64), byte => byte.charCodeAt(0))], { type });
  } catch {
    return undefined;
  }
}
