/** Whether there is somebody to read, and a network to read from. A browser knows; see controllers/attention.ts. */

export interface Attention {
  /** Fulfilled as soon as the visitor is there and has a network, or the signal is aborted. */
  awake(signal: AbortSignal): Promise<void>;
  /** Fulfilled after a time, or as soon as it makes sense to try again, or the signal is aborted. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
  /** Calls back when connections may have died unnoticed: the device slept, or changed its network. */
  onDoubt(doubted: () => void, signal: AbortSignal): void;
}
