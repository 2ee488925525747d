/** `GET /v1/widget`: what the site owner set for the widget, and the limits that it keeps to. */

import type { Context } from 'hono';
import type { Config } from '../config/config.ts';
import type { AttachmentLimits, WidgetSettings } from '../protocol.ts';

export function widget(config: Config) {
  const model = config.models.get(config.defaultModel);
  const attachments = attachmentLimits(config);
  const settings: WidgetSettings = {
    ...config.widget,
    ...(model && config.models.size > 1 && { model: model.label }),
    ...(config.session.secrets.length > 0 && { session: true }),
    ...([...config.models.values()].some(({ provider }) => provider.quirks.takesThinking) && {
      thinking: true,
    }),
    ...(config.tools.length > 0 && { tools: config.tools }),
    ...(config.audit?.feedback && { feedback: true }),
    ...(config.contact && { contact: { fields: config.contact.fields } }),
    ...(attachments && { attachments }),
    limits: { messages: config.limits.maxMessages, bodyBytes: config.limits.maxBodyBytes },
  };
  return (c: Context): Response => c.json(settings, 200, { 'Cache-Control': 'no-store' });
}

function attachmentLimits({ limits, models, defaultModel }: Config): AttachmentLimits | undefined {
  if (limits.maxAttachments === 0) return undefined;
  const seeing = [...models.values()].filter(({ vision }) => vision).map(({ id }) => id);
  return {
    count: limits.maxAttachments,
    characters: limits.maxMessageCharacters,
    imageBytes: limits.maxImageBytes,
    seeing: seeing.includes(defaultModel) ? ['', ...seeing] : seeing,
  };
}
