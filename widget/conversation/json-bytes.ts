/** Bytes of a value as UTF-8 JSON. Apart, as a question is measured before it is sent. */

import { toJson } from './to-json.ts';

export function jsonBytes(value: unknown): number {
  return new TextEncoder().encode(toJson(value)).length;
}
