/** A button that copies a text, and says so for a moment. */

const SAID_MS = 2_000;

export function copyButton(button: HTMLButtonElement, text: () => string): void {
  const label = button.textContent;
  button.addEventListener('click', async () => {
    button.textContent = await navigator.clipboard.writeText(text()).then(
      () => 'Copied',
      () => 'Not allowed here',
    );
    setTimeout(() => (button.textContent = label), SAID_MS);
  });
}
