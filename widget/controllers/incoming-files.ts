/** Files that are dropped on the panel or pasted into the composer. */

import type { LitElement, ReactiveController } from 'lit';

export interface IncomingFiles {
  files: readonly File[];
  /** Names of folders that came among them. */
  folders: readonly string[];
}

export class IncomingFilesController implements ReactiveController {
  /** Somebody drags files over the panel. */
  isDraggedOver = false;
  readonly #host: LitElement;
  readonly #take: (incoming: IncomingFiles) => boolean;
  #listening = new AbortController();

  /**
   * @param host in a composer
   * @param take false where no files are wanted: then they are the page's
   */
  constructor(host: LitElement, take: (incoming: IncomingFiles) => boolean) {
    this.#host = host;
    this.#take = take;
    host.addController(this);
  }

  hostConnected(): void {
    const { signal } = (this.#listening = new AbortController());
    const panel = this.#host.closest('rivulet-panel');
    this.#host.closest('rivulet-composer')?.addEventListener('paste', this.#onPaste, { signal });
    panel?.addEventListener('dragover', this.#onDrag, { signal });
    panel?.addEventListener('dragleave', this.#onDragLeave, { signal });
    panel?.addEventListener('drop', this.#onDrop, { signal });
  }

  hostDisconnected(): void {
    this.#listening.abort();
  }

  readonly #onPaste = (event: ClipboardEvent): void => {
    const files = pastedFiles(event.clipboardData);
    if (files.length > 0 && this.#take({ files, folders: [] })) event.preventDefault();
  };

  readonly #onDrag = (event: DragEvent): void => {
    if (!hasFiles(event.dataTransfer) || !this.#take({ files: [], folders: [] })) return;
    event.preventDefault();
    this.#show(true);
  };

  readonly #onDragLeave = ({ relatedTarget, currentTarget }: DragEvent): void => {
    const isInside = relatedTarget instanceof Node && (currentTarget as Element).contains(relatedTarget);
    if (!isInside) this.#show(false);
  };

  readonly #onDrop = (event: DragEvent): void => {
    this.#show(false);
    if (hasFiles(event.dataTransfer) && this.#take(droppedFiles(event.dataTransfer))) event.preventDefault();
  };

  #show(isDraggedOver: boolean): void {
    if (this.isDraggedOver === isDraggedOver) return;
    this.isDraggedOver = isDraggedOver;
    this.#host.requestUpdate();
  }
}

/** Something else may be dragged too, as a text or a link. */
function hasFiles(transfer: DataTransfer | null): transfer is DataTransfer {
  return transfer?.types.includes('Files') ?? false;
}

/** A folder comes as a file that cannot be read. */
function droppedFiles({ items }: DataTransfer): IncomingFiles {
  const files: File[] = [];
  const folders: string[] = [];
  for (const item of items) {
    const file = item.kind === 'file' ? item.getAsFile() : null;
    if (!file) continue;
    if (item.webkitGetAsEntry()?.isDirectory) folders.push(file.name);
    else files.push(file);
  }
  return { files, folders };
}

/** A picture that comes with a text is a picture of that text, as of cells of a table: the text is meant. */
function pastedFiles(transfer: DataTransfer | null): File[] {
  const files = [...(transfer?.files ?? [])];
  const isPictured =
    transfer?.types.includes('text/plain') && files.every(({ type }) => /^image\//.test(type));
  return isPictured ? [] : files;
}
