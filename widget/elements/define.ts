/** Defines an element unless the page has it already: a second copy of the script must not throw. */

export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
