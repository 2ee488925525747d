/** How often things have happened, by their names. */

export type Counts = Record<string, number>;

export function count(counts: Counts, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

export function total(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

export function same(one: Counts, other: Counts): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every(key => (one[key] ?? 0) === (other[key] ?? 0));
}

export function list(counts: Counts): string {
  const rows = Object.entries(counts).sort(([, one], [, other]) => other - one);
  return rows.map(([name, count]) => `${String(count).padStart(8)}  ${name}`).join('\n');
}
