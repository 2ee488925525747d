/** Whether what a launcher opens is the whole screen, as on a phone in either direction. As in the panel's styles. */
export function isScreen(): boolean {
  return matchMedia('(max-width: 480px), (max-height: 480px)').matches;
}
