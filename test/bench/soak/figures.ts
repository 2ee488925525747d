/** What the proxy tells of itself, by its own figures for Prometheus. */

export interface Figures {
  heapBytes: number;
  rssBytes: number;
  openFiles: number;
  timers: number;
  running: number;
  leases: number;
  /** Answers by how they have ended: `done` or the code of the error. */
  ended: Record<string, number>;
  refused: number;
}

export async function readFigures(url: string, token: string): Promise<Figures> {
  const response = await fetch(`${url}/metrics`, {
    headers: { Authorization: `Bearer ${token}`, Connection: 'close' },
  });
  const lines = [...(await response.text()).matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)].map(
    ([, name, labels = '', value]) => ({ name, labels, value: Number(value) }),
  );
  const sum = (name: string, label = '') =>
    lines
      .filter(line => line.name === name && line.labels.includes(label))
      .reduce((total, { value }) => total + value, 0);
  const ended: Record<string, number> = {};
  for (const { name, labels, value } of lines) {
    if (name !== 'gen_ai_client_operation_duration_seconds_count') continue;
    const end = /error_type="(\w+)"/.exec(labels)?.[1] ?? 'done';
    ended[end] = (ended[end] ?? 0) + value;
  }
  return {
    heapBytes: sum('nodejs_heap_size_used_bytes'),
    rssBytes: sum('process_resident_memory_bytes'),
    openFiles: sum('process_open_fds'),
    timers: sum('nodejs_active_resources', 'type="Timeout"'),
    running: sum('rivulet_answers_running'),
    leases: sum('rivulet_leases'),
    ended,
    refused: sum('rivulet_refusals_total'),
  };
}

/** How much the values grow from one to the next, by least squares. */
export function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const [products, squares] = values.reduce(
    ([products, squares], value, at) => [
      products + (at - middle) * (value - mean),
      squares + (at - middle) ** 2,
    ],
    [0, 0] as [number, number],
  );
  return squares === 0 ? 0 : products / squares;
}
