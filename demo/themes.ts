/** Has a `<select id="theme">` choose one of the ready themes, by their style sheets. */

export function chooseTheme(): void {
  const select = document.querySelector<HTMLSelectElement>('#theme')!;
  const sheet = document.createElement('link');
  sheet.rel = 'stylesheet';
  select.addEventListener('change', () => {
    sheet.remove();
    if (!select.value) return;
    sheet.href = new URL(`widget/themes/${select.value}.css`, location.href).href;
    document.head.append(sheet);
  });
}
