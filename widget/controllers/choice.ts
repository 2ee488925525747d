/** The model that the visitor has chosen, for their turns. Loaded for those who choose. */

import type { ReactiveController } from 'lit';
import type { Keeping } from '../keeping.ts';
import { type NamedModel, readModel, removeModel, writeModel } from '../storage/chosen-model.ts';

/** What is asked in place of the model that the page names, or of the server's default. */
export interface Choice extends NamedModel {
  forget(): void;
}

const choices = new WeakMap<object, ChoiceController>();

/** One for each chat. */
export function choiceOf(keeping: Keeping): ChoiceController {
  const choice = choices.get(keeping.host) ?? new ChoiceController(keeping);
  choices.set(keeping.host, choice);
  return choice;
}

export class ChoiceController implements ReactiveController {
  readonly #keeping: Keeping;

  constructor(keeping: Keeping) {
    this.#keeping = keeping;
    keeping.host.addController(this);
    this.#change();
  }

  hostConnected(): void {
    addEventListener('storage', this.#change);
  }

  hostDisconnected(): void {
    removeEventListener('storage', this.#change);
  }

  /** It may be another one by now: of another tab, of another visitor, or in place of another model of the page's. */
  hostUpdate(): void {
    const { turn, settings } = this.#keeping;
    const { model: instead } = turn.visit;
    const chosen = readModel(settings(), instead);
    const forget = () => {
      removeModel(settings(), instead);
      this.#change();
    };
    turn.chosen = chosen && { ...chosen, forget };
  }

  choose(model: NamedModel): void {
    const { turn, settings } = this.#keeping;
    writeModel(settings(), turn.visit.model, model);
    this.#change();
  }

  readonly #change = (): void => this.#keeping.host.requestUpdate();
}
