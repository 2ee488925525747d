/** `GET /v1/widget`: what the site owner set for the widget, and the limits that it keeps to. */

import type { Context } from 'hono';
import type { Config } from '../config/config.ts';
import type { WidgetSettings } from '../protocol.ts';

export function widget(config: Config) {
  const settings: WidgetSettings = {
    ...config.widget,
    ...(config.session.secrets.length > 0 && { session: true }),
    limits: { messages: config.limits.maxMessages, bodyBytes: config.limits.maxBodyBytes },
  };
  return (c: Context): Response => c.json(settings, 200, { 'Cache-Control': 'no-store' });
}
