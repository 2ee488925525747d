/** What a tab does for a state that the tabs of a site share. */

/** Nothing of it may throw. States, events and commands are cloned from tab to tab. */
export interface TabRole<State, Event, Command> {
  /** The state as this tab has it, with every event that it has told. */
  state(): State;
  /** Another tab owns: its state, whole. On joining, after a gap, and whenever the owner changes. */
  adopt(state: State): void;
  /** Another tab owns: a change that it told. */
  apply(event: Event): void;
  /** This tab owns: a command of this or another tab. */
  perform(command: Command): void;
  /** This tab owns from now on, and goes on with the state that it has: the newest that was told. */
  lead(): void;
  /** This tab does not own any more: its page is put away, or another tab could not reach it. It ends its work. */
  yield(): void;
}
