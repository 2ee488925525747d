/** The answers that this process makes, those of them that can be found again, and the way to those of other processes. */

import { ApiError, asApiError } from '../errors.ts';
import type { Answer } from './answer.ts';
import { type Claim, Claims } from './claims.ts';
import type { WritableEventLog } from './event-log.ts';
import { Generation, type GenerationParts, type Outcome } from './generation.ts';
import { KeptAnswers } from './kept-answers.ts';
import { MemoryEventLog } from './memory-event-log.ts';
import type { SharedAnswers } from './shared-answers.ts';

export interface Start extends Omit<GenerationParts, 'log'> {
  /** Who may find it. */
  owner: string;
  claim: Claim | null;
  /** Whether it is kept when it has finished, for who missed the end of it. */
  keep: boolean;
}

/** What an answer needs to begin, and what is given back when it does not. */
interface Admitted {
  withdraw(): void;
}

interface Entry {
  generation: Generation;
  owner: string;
  claim: Claim | null;
}

export class Generations {
  readonly #running = new Set<Generation>();
  readonly #found = new Map<string, Entry>();
  readonly #claims = new Claims<Answer>();
  readonly #kept: KeptAnswers;
  readonly #shared: SharedAnswers | null;
  #draining = false;
  #paused: ApiError | null = null;
  #idle: (() => void) | null = null;

  /**
   * @param keepMs how long finished answers are kept
   * @param shared the answers of other processes, where there are any
   */
  constructor(keepMs: number, shared: SharedAnswers | null = null) {
    this.#kept = new KeptAnswers(keepMs, generation => this.#forget(generation));
    this.#shared = shared;
  }

  /** Whether new answers are refused because the process is about to end. */
  get draining(): boolean {
    return this.#draining;
  }

  /** Why no answer may begin now; null when one may. */
  get refusal(): ApiError | null {
    if (this.#draining) return new ApiError('overloaded', { reason: 'draining' });
    return this.#paused;
  }

  /** How many answers this process is making. */
  get running(): number {
    return this.#running.size;
  }

  start({ owner, claim, keep, ...parts }: Start): Generation {
    // What nobody comes back to is nobody else's business.
    const shared = keep || claim ? this.#shared : null;
    const log = shared?.createLog(parts.id, owner, claim) ?? new MemoryEventLog();
    const generation = new Generation({ ...parts, log });
    this.#running.add(generation);
    this.#found.set(parts.id, { generation, owner, claim });
    shared?.started(generation);
    void generation.ended.then(outcome => this.#finished(generation, log, keep, outcome));
    return generation;
  }

  /** The answer `id`, for its owner alone. Who asks cannot tell one that is another's from one that never was. */
  async find(id: string, owner: string): Promise<Answer | null> {
    const entry = this.#found.get(id);
    if (entry) return entry.owner === owner ? entry.generation : null;
    return (await this.#shared?.find(id, owner)) ?? null;
  }

  /** The answer that the claim has already; otherwise the one that `start` begins under this id when it is admitted. */
  async once<Admission extends Admitted>(
    claim: Claim | null,
    id: string,
    admit: () => Promise<Admission>,
    start: (admission: Admission) => Answer,
  ): Promise<Answer> {
    const letIn = async () => {
      if (this.refusal) throw this.refusal;
      return admit();
    };
    // It is looked at again: it may have changed while Redis was asked.
    const begin = (admission: Admission) => {
      const { refusal } = this;
      if (!refusal) return start(admission);
      admission.withdraw();
      throw refusal;
    };
    if (!claim) return begin(await letIn());
    return this.#claims.take(claim, async () => {
      // Asked in one go, which is one round trip where both are in Redis; an answer that is there already costs nothing.
      const [held, admitted] = await Promise.allSettled([this.#shared?.claim(claim, id), letIn()]);
      if (held.status === 'rejected' || held.value) {
        if (admitted.status === 'fulfilled') admitted.value.withdraw();
        if (held.status === 'rejected') throw held.reason;
        return held.value!;
      }
      try {
        if (admitted.status === 'rejected') throw admitted.reason;
        return begin(admitted.value);
      } catch (refusal) {
        await this.#shared?.free(claim, id, asApiError(refusal));
        throw refusal;
      }
    });
  }

  /** Ends all answers and refuses new ones, with this error, until it is called with null. */
  pause(error: ApiError | null): void {
    this.#paused = error;
    if (error) this.endAll(error);
  }

  /** Refuses new answers from now on; settles when the running ones have ended. */
  async drain(): Promise<void> {
    this.#draining = true;
    // Elsewhere their readers have the rest of the answer, and lose nothing when this process ends.
    if (this.#shared?.up) for (const generation of this.#running) generation.letReadersGo();
    await new Promise<void>(resolve => {
      this.#idle = resolve;
      if (this.#running.size === 0) resolve();
    });
    await this.#shared?.close();
  }

  endAll(error: ApiError): void {
    for (const generation of this.#running) generation.end(error);
  }

  #finished(generation: Generation, { size }: WritableEventLog, keep: boolean, { error }: Outcome): void {
    this.#running.delete(generation);
    const entry = this.#found.get(generation.id)!;
    // Nobody has anything of such an answer: asked again, the question deserves another one.
    const worthless = error !== null && (generation.log.last === 0 || error.code === 'abandoned');
    if (worthless) this.#freeClaim(entry);
    // A second Stop finds what the first one has stopped.
    if (keep || entry.claim || error?.code === 'stopped') this.#kept.add(generation, entry.owner, size);
    else this.#forget(generation);
    if (this.#running.size === 0) this.#idle?.();
  }

  #forget({ id }: Generation): void {
    const entry = this.#found.get(id);
    if (!entry) return;
    this.#freeClaim(entry);
    this.#found.delete(id);
    this.#shared?.forget(id);
  }

  #freeClaim(entry: Entry): void {
    if (!entry.claim) return;
    this.#claims.free(entry.claim);
    void this.#shared?.free(entry.claim, entry.generation.id);
    // By now the key may be another answer's.
    entry.claim = null;
  }
}
