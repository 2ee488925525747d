/** What a visitor has to pass before a session begins. */

import type { Secret } from '../config/secret.ts';

export interface Newcomer {
  /** What the page has of the visitor: a captcha's response, for example. Null where it sent nothing. */
  proof: string | null;
  /** The site they come from. */
  origin: string;
  address: string;
}

/**
 * Whether a session may begin. Settles when the signal is aborted.
 * @throws when it cannot be found out
 */
export type VisitorCheck = (newcomer: Newcomer, signal: AbortSignal) => Promise<boolean>;

export interface CaptchaSettings {
  verifyUrl: string;
  secret: Secret;
}

/**
 * Asks the service of a captcha. Turnstile, hCaptcha and reCAPTCHA are asked in the same way: a form with `secret` and
 * `response` gets JSON that has `success` (https://developers.cloudflare.com/turnstile/get-started/server-side-validation/).
 */
export function captchaCheck({ verifyUrl, secret }: CaptchaSettings): VisitorCheck {
  return async ({ proof }, signal) => {
    if (!proof) return false;
    const body = new URLSearchParams({ secret: secret.reveal(), response: proof });
    const response = await fetch(verifyUrl, { method: 'POST', body, redirect: 'error', signal });
    const verdict: unknown = await response.json();
    if (typeof verdict === 'object' && verdict !== null && 'success' in verdict)
      return verdict.success === true;
    throw new Error(`status ${response.status}, and no JSON with success`);
  };
}
