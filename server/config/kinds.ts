/** Kinds of settings that stand in several places. */

import { z } from 'zod';

export const ms = (fallback: number, text: string) =>
  z.int().min(1).max(2_147_483_647).default(fallback).describe(`${text}, in milliseconds`);

export const count = (fallback: number, text: string) => z.int().min(1).default(fallback).describe(text);

export const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });
