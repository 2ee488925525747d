/** An element in a slot of the chat comes to a slot of its transcript by another one between them. */

export function leadIn(transcript: Element, name: string): HTMLSlotElement {
  const there = [...transcript.children].find(
    (child): child is HTMLSlotElement => child instanceof HTMLSlotElement && child.name === name,
  );
  if (there) return there;
  const between = document.createElement('slot');
  between.name = between.slot = name;
  transcript.append(between);
  return between;
}
