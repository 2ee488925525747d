/** Everything in a browser that makes nodes or code of a string. While watched, each tells of its use and does nothing. */

const setters: Array<[owner: object, name: string]> = [
  [Element.prototype, 'innerHTML'],
  [Element.prototype, 'outerHTML'],
  [ShadowRoot.prototype, 'innerHTML'],
  [HTMLIFrameElement.prototype, 'srcdoc'],
];

const methods: Array<[owner: object, name: string]> = [
  [Element.prototype, 'insertAdjacentHTML'],
  [Element.prototype, 'setHTMLUnsafe'],
  [Element.prototype, 'setHTML'],
  [Range.prototype, 'createContextualFragment'],
  [DOMParser.prototype, 'parseFromString'],
  [Document.prototype, 'write'],
  [Document.prototype, 'writeln'],
  [Document.prototype, 'parseHTMLUnsafe'],
];

/** Watches all of them until the returned function is called. */
export function watchHtmlSinks(tell: (sink: string) => void): () => void {
  const restore: Array<() => void> = [];
  const replace = (owner: object, name: string, change: (was: PropertyDescriptor) => PropertyDescriptor) => {
    const was = Object.getOwnPropertyDescriptor(owner, name);
    // Not every browser has all of them.
    if (!was) return;
    Object.defineProperty(owner, name, change(was));
    restore.push(() => Object.defineProperty(owner, name, was));
  };
  for (const [owner, name] of setters) replace(owner, name, was => ({ ...was, set: () => tell(name) }));
  for (const [owner, name] of methods) replace(owner, name, was => ({ ...was, value: () => tell(name) }));
  return () => restore.forEach(undo => undo());
}
