/** The settings of a proxy, complete and checked: what the file, the environment and the defaults make together. */

import type { WidgetSettings } from '../protocol.ts';
import type { RequestLimits } from '../upstream/request.ts';
import type { Timeouts } from '../upstream/timers.ts';
import type { LeaseLimits } from '../limits/leases.ts';
import type { UseLimits } from '../limits/charges.ts';
import type { ForwardedHeader } from '../clients/forwarded.ts';
import type { ContactSettings } from '../contact/webhook.ts';
import type { CaptchaSettings } from '../sessions/visitor-check.ts';
import type { Model, Models } from './models.ts';
import type { Secret } from './secret.ts';

export interface Config {
  host: string;
  port: number;
  models: Models;
  defaultModel: string;
  /** By the id of a model: the models that stand in for it, in their order. */
  fallbacks: ReadonlyMap<string, readonly Model[]>;
  /** Times that one model is asked again. */
  retries: number;
  systemPrompt: string | undefined;
  allowSystemMessages: boolean;
  /** Functions of pages that models may be offered, by name. */
  tools: readonly string[];
  allowedOrigins: readonly string[] | undefined;
  /** The sites of which images may be named by their URL. */
  allowedImageOrigins: readonly string[];
  limits: LeaseLimits & UseLimits & RequestLimits & { maxBodyBytes: number };
  /** Whether no answers are given, and in what words clients are told. */
  paused: boolean | string;
  timeouts: Timeouts & {
    /** Silence of a stream after which a comment is sent; also how long a status waits for the first event. */
    pingMs: number;
    /** How long running answers may go on after the process was told to end. */
    drainMs: number;
  };
  resume: {
    /** How long an answer goes on that nobody reads; 0 turns resuming off. */
    graceSeconds: number;
    /** How long a finished answer can be read again. */
    keepSeconds: number;
  };
  /** May have a password in it. */
  redisUrl: Secret | undefined;
  trustedProxyHops: number;
  metrics: {
    /** Opens what tells how the proxy is doing; without it, nothing does. */
    token: Secret | undefined;
  };
  audit: { file: string; content: boolean; feedback: boolean } | undefined;
  trustedProxyHeader: ForwardedHeader;
  session: {
    /** The first signs, and what any of them has signed is accepted; without one there are no sessions. */
    secrets: readonly Secret[];
    ttlSeconds: number;
    /** Whether nothing is answered without one. */
    required: boolean;
    /** Whether the proxy gives them to visitors that nobody knows. */
    anonymous: boolean;
    captcha: CaptchaSettings | undefined;
    /** How long the check of a visitor may take. */
    checkMs: number;
  };
  contact: ContactSettings | undefined;
  widget: Omit<WidgetSettings, 'limits' | 'session' | 'tools' | 'feedback' | 'contact'>;
  /** Every key in use, for the log to leave out. */
  secrets: readonly string[];
}
