/** Anything with a life follows this contract, so that shutdown can be reasoned about (docs/lifecycles.md). */
export interface Service {
  /** Resolves once work can be done; rejects with a `ProblemError`. Aborting `stop` ends it early. */
  start(stop: AbortSignal): Promise<void>;
  /** Idempotent. Resolves when every child process, socket and timer is gone. */
  close(reason: string): Promise<void>;
}
