/** The ways by which a picture of a race leaves the page: as a file, and where the browser can, over the clipboard. */

/** @param say tells how it went */
export function offerPicture(canvas: HTMLCanvasElement, say: (text: string) => void): void {
  document.querySelector('#download')!.addEventListener('click', () => void download(canvas));
  const copy = document.querySelector<HTMLButtonElement>('#copy-picture')!;
  copy.hidden = typeof ClipboardItem === 'undefined' || !navigator.clipboard;
  copy.addEventListener('click', async () => {
    // Safari wants the item in the click itself, and the picture may come later.
    const item = new ClipboardItem({ 'image/png': pictureOf(canvas) });
    await navigator.clipboard.write([item]).then(
      () => say('The picture is copied.'),
      () => say('This browser does not let the picture be copied: download it.'),
    );
  });
}

async function download(canvas: HTMLCanvasElement): Promise<void> {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await pictureOf(canvas));
  link.download = 'rivulet-race.png';
  link.click();
  URL.revokeObjectURL(link.href);
}

function pictureOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      blob => (blob ? resolve(blob) : reject(new Error('The picture is too large.'))),
      'image/png',
    ),
  );
}
