/** What the doctor found: what is well, what is not and what to change, or what could not be seen. */

export interface Finding {
  state: 'well' | 'ill' | 'unseen';
  /** One sentence or two. */
  says: string;
  /** What to change, one thing a line. */
  advice?: readonly string[];
}

export const well = (says: string): Finding => ({ state: 'well', says });
export const ill = (says: string, advice: readonly string[] = []): Finding => ({
  state: 'ill',
  says,
  advice,
});
export const unseen = (says: string): Finding => ({ state: 'unseen', says });

const SIGNS = { well: '✓', ill: '✗', unseen: '?' } as const;

/** As lines for a terminal. */
export function write(findings: readonly Finding[]): string {
  return findings
    .flatMap(({ state, says, advice = [] }) => [
      `  ${SIGNS[state]} ${says}`,
      ...advice.map(line => `      ${line}`),
    ])
    .join('\n');
}
