/** The script tag that brought the chat, and what is written in it. */

/** Null in a module, and in a shadow root. */
const { currentScript } = document;

/** Undefined where the script is part of another one. */
export const scriptTag =
  (currentScript as HTMLScriptElement | null) ??
  // Of all that is in a page, scripts alone have such an address.
  (allIn(document) as HTMLScriptElement[]).findLast(({ src }) => /\/widget\.js([?#]|$)/.test(src));

/** The address of a file that is named relative to the script tag's. */
export function addressOf(file: string): string {
  // In a classic script of another origin a relative import has no base.
  return scriptTag && scriptTag.type !== 'module' ? new URL(file, scriptTag.src).href : file;
}

/** The tag's `data-*` as attributes of the element; those that would be script or style of the page are not. */
export function tagAttributes(): Array<[string, string]> {
  return [...(scriptTag?.attributes ?? [])].flatMap(({ name, value }) => {
    const key = /^data-(?!on|style$)(.+)/.exec(name)?.[1];
    return key ? [[key, value]] : [];
  });
}

/** All elements, also in the trees of the page's components. */
export function allIn(root: ParentNode): Element[] {
  return [...root.querySelectorAll('*')].flatMap(element => [
    element,
    ...(element.shadowRoot ? allIn(element.shadowRoot) : []),
  ]);
}
