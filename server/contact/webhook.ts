/**
 * Delivers to the operator's webhook, signed as Standard Webhooks has it
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md), and tries again where that
 * may help.
 */

import type { Secret } from '../config/secret.ts';
import { ApiError } from '../errors.ts';
import type { ContactField } from '../protocol.ts';
import { backoffMs } from '../upstream/backoff.ts';
import { pause } from '../upstream/pause.ts';

export interface ContactSettings {
  webhookUrl: string;
  webhookSecret: Secret;
  fields: ContactField[];
}

export interface WebhookMessage {
  /** The same for what is the same, however often it comes: the receiver knows it by that. */
  id: string;
  /** JSON. */
  body: string;
}

type Webhook = Pick<ContactSettings, 'webhookUrl' | 'webhookSecret'>;

/** A visitor waits meanwhile. */
const ALL_ATTEMPTS_MS = 30_000;
const ATTEMPT_MS = 10_000;
/** More failures lengthen the wait no further. */
const MOST_DOUBLINGS = 5;

/** @throws ApiError when it could not be delivered, or not before the signal was aborted */
export async function deliver(webhook: Webhook, message: WebhookMessage, signal: AbortSignal): Promise<void> {
  const end = performance.now() + ALL_ATTEMPTS_MS;
  for (let failures = 1; ; failures++) {
    const inTime = AbortSignal.timeout(Math.min(ATTEMPT_MS, Math.max(0, end - performance.now())));
    const failure = await attempt(webhook, message, AbortSignal.any([signal, inTime]));
    if (!failure) return;
    const { reason, passes, retryAfterSeconds } = failure;
    const left = signal.aborted ? 0 : end - performance.now();
    const ms = passes ? backoffMs(Math.min(failures, MOST_DOUBLINGS), retryAfterSeconds, left) : null;
    if (ms === null) throw undelivered(`${reason}, at attempt ${failures}`);
    // Cut short, it fails with the next attempt.
    await pause(ms, signal).catch(() => {});
  }
}

function undelivered(reason: string): ApiError {
  const message = 'The form could not be delivered. Try again later.';
  return new ApiError('upstream_error', { message, reason: `webhook: ${reason}` });
}

interface Failure {
  reason: string;
  /** Another attempt may succeed. */
  passes: boolean;
  retryAfterSeconds?: number;
}

/** Statuses besides 5xx that say: not now (RFC 9110, RFC 8470, RFC 6585). */
const passing = new Set([408, 425, 429]);

async function attempt(
  { webhookUrl, webhookSecret }: Webhook,
  { id, body }: WebhookMessage,
  signal: AbortSignal,
): Promise<Failure | null> {
  // Of each attempt: receivers refuse what is old.
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const signature = await sign(webhookSecret.reveal(), `${id}.${timestamp}.${body}`);
  try {
    const response = await fetch(webhookUrl, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': signature,
      },
      body,
      // A form goes where the settings say, and nowhere else.
      redirect: 'manual',
      signal,
    });
    void response.body?.cancel().catch(() => {});
    if (response.ok) return null;
    const { status } = response;
    const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
    return {
      reason: `status ${status}`,
      passes: status >= 500 || passing.has(status),
      ...(wait >= 0 && { retryAfterSeconds: wait }),
    };
  } catch (error) {
    const { cause } = error as { cause?: { code?: unknown } };
    return { reason: [error, cause?.code].filter(Boolean).join(' '), passes: true };
  }
}

/** One of the standard's symmetric signatures. */
export async function sign(secret: string, text: string): Promise<string> {
  const encoder = new TextEncoder();
  const bytes = Uint8Array.from(atob(secret.replace(/^whsec_/, '')), byte => byte.charCodeAt(0));
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', bytes, hmac, false, ['sign']);
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text)));
  return `v1,${btoa(String.fromCharCode(...signature))}`;
}
