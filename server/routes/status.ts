/** `GET /status.json`: the last hour and what is left of the limits, for the page that shows it. `GET /metrics`: all figures, for Prometheus. */

import type { Context } from 'hono';
import { ApiError } from '../errors.ts';
import type { SiteUse, StatusReport } from '../protocol.ts';
import type { LastHour } from '../telemetry/last-hour.ts';

/** The text of all figures, where the runtime has them. */
export interface Metrics {
  contentType: string;
  scrape(): Promise<string>;
}

const headers = { 'Cache-Control': 'no-store' };

/** `?model=<id>` reports the answers of one model. */
export function status(hour: LastHour, limits: () => Promise<SiteUse>) {
  return async (c: Context): Promise<Response> => {
    const report: StatusReport = { ...hour.report(c.req.query('model') || null), limits: await limits() };
    return c.json(report, 200, headers);
  };
}

export function metrics(figures: Metrics | undefined) {
  return async (c: Context): Promise<Response> => {
    if (!figures) throw new ApiError('not_found');
    return c.body(await figures.scrape(), 200, { ...headers, 'Content-Type': figures.contentType });
  };
}
