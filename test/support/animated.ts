/** Waits until what comes or goes in a tree stands still: before that its colours are on their way. */

export async function animated(root: ShadowRoot): Promise<void> {
  await Promise.allSettled(root.getAnimations().map(({ finished }) => finished));
}
