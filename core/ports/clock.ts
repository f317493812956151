export interface Clock {
  /** Milliseconds since the Unix epoch, UTC. */
  nowMs(): number;
  /** Resolves after `ms`, or rejects with the abort reason as soon as `stop` aborts. */
  sleep(ms: number, stop?: AbortSignal): Promise<void>;
}
