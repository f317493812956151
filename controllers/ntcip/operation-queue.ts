/** One operation at a time per device; the others wait in order, and a bounded number of them. */
import { failed, type Problem, type Result } from "../../core/problems/problem.ts";

const LONGEST_QUEUE = 16;

export interface OperationQueue {
  /** Runs after every operation before it has ended; refused at once when the queue is full. */
  run<T>(operation: () => Promise<Result<T>>): Promise<Result<T>>;
}

export function createOperationQueue(whenFull: (waiting: number) => Problem): OperationQueue {
  let waiting = 0;
  let tail: Promise<unknown> = Promise.resolve();
  return {
    run<T>(operation: () => Promise<Result<T>>): Promise<Result<T>> {
      if (waiting >= LONGEST_QUEUE) return Promise.resolve(failed(whenFull(waiting)));
      waiting++;
      const mine = tail.then(operation).finally(() => {
        waiting--;
      });
      // The one behind waits for this one, not for its success.
      tail = mine.catch(() => undefined);
      return mine;
    },
  };
}
