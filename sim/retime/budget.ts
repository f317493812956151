/** How much of the time that a search may take is gone: of the wall clock, which is a hard end, and of processor time. */

export interface Budget {
  /** Share that is gone, 0 to 1 and on. */
  gone(): number;
  /** Seconds of the wall clock until the hard end; never below zero. */
  left_s(): number;
  /** Processor seconds that are meant for all of it. */
  readonly processor_s: number;
}

export interface BudgetOptions {
  readonly now_ms: () => number;
  readonly time_s: number;
  readonly processor_s: number;
  /** Processor seconds that this and all child processes have used. */
  readonly spent_s: () => number;
}

export function startBudget({ now_ms, processor_s, spent_s, time_s }: BudgetOptions): Budget {
  const [began_ms, before_s] = [now_ms(), spent_s()];
  const passed_s = (): number => (now_ms() - began_ms) / 1000;
  return {
    gone: () => Math.max(passed_s() / time_s, (spent_s() - before_s) / processor_s),
    left_s: () => Math.max(0, time_s - passed_s()),
    processor_s,
  };
}
