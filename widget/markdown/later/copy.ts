/** Copies where there is no clipboard to write to: on pages that are not served safely. */

export function copyByCommand(text: string, button: HTMLElement): void {
  const field = document.createElement('textarea');
  field.value = text;
  button.after(field);
  field.select();
  document.execCommand('copy');
  field.remove();
  button.focus();
}
