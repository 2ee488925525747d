/** The model that a visitor has chosen: the next conversation has it too. */

import { readChoice, removeChoice, writeChoice } from './choices.ts';
import type { StoreSettings } from './open-store.ts';

export interface NamedModel {
  id: string;
  label: string;
}

/** @param instead the model that the page names: a choice holds in place of that one, and of no other */
export function readModel(settings: StoreSettings, instead: string | undefined): NamedModel | undefined {
  const [id, label] = readChoice(settings, nameOf(instead))?.split('\n') ?? [];
  return id && label ? { id, label } : undefined;
}

export function writeModel(
  settings: StoreSettings,
  instead: string | undefined,
  { id, label }: NamedModel,
): void {
  writeChoice(settings, nameOf(instead), `${id}\n${label}`);
}

export function removeModel(settings: StoreSettings, instead: string | undefined): void {
  removeChoice(settings, nameOf(instead));
}

function nameOf(instead = ''): string {
  return `model ${instead}`;
}
