/** A signal controller in the street, or one that is only arithmetic. */
import type { Result } from "../problems/problem.ts";
import type { Plan } from "../signal/plan.ts";

/** Per-phase timing as the device holds it. Seconds; clearances to a tenth. */
export interface DevicePhase {
  readonly number: number;
  readonly enabled: boolean;
  readonly ring: number;
  readonly concurrency: readonly number[];
  readonly min_green_s: number;
  readonly max_green_s: number;
  readonly walk_s: number;
  readonly ped_clear_s: number;
  readonly yellow_s: number;
  readonly red_clear_s: number;
}

export interface DeviceTiming {
  readonly phases: readonly DevicePhase[];
  /** `sequence[r]`: phase order of ring r+1, of sequence row 1. */
  readonly sequence: readonly (readonly number[])[];
  /** Rows from 2 on that are not empty, the same way; absent where they were not read. */
  readonly sequences?: readonly { readonly number: number; readonly rings: readonly (readonly number[])[] }[];
  /** Every pattern in the device with a cycle above 0, as plans (I4 looks at all of them). */
  readonly patterns: readonly Plan[];
  readonly backup_time_s: number;
}

export interface ControllerStatus {
  readonly controller: string;
  readonly intersection: string;
  readonly at_ms: number;
  /** Pattern in force; 254 free, 255 flash, 0 unused. */
  readonly pattern: number;
  readonly free_status: string;
  readonly control_status: string;
  /** Seconds since local zero; null when free. */
  readonly local_clock_s: number | null;
  readonly greens: readonly number[];
  readonly yellows: readonly number[];
  readonly reds: readonly number[];
  readonly walks: readonly number[];
  /** Preempts that are not idle; absent where they were not asked for. */
  readonly preempts?: readonly number[];
}

/** Every value written and what the device said when asked for it again. */
export interface ReadBack {
  readonly values: readonly {
    readonly oid: string;
    readonly name: string;
    readonly sent: number;
    readonly read: number;
  }[];
  readonly equal: boolean;
}

declare const proof: unique symbol;
/** A plan that passed the gate. Only `controllers/gate` can make one; a controller refuses anything else. */
export interface ProvedPlan {
  readonly plan: Plan;
  readonly digest: string;
  readonly [proof]: true;
}

export interface SignalController {
  readonly id: string;
  readonly intersection: string;
  readTiming(): Promise<Result<DeviceTiming>>;
  status(): Promise<Result<ControllerStatus>>;
  /** Database transaction, then read-back of every value. The pattern in force does not change. */
  download(plan: ProvedPlan): Promise<Result<ReadBack>>;
  /** Makes the downloaded pattern the one in force and waits until the device confirms it. */
  activate(plan: ProvedPlan, stop: AbortSignal): Promise<Result<ControllerStatus>>;
  /**
   * After a restart, and without a SET: every value of the plan is read back, and where all are equal and the device still
   * holds our command for it, the plan counts as downloaded and commanded by this process. Else nothing is taken.
   */
  retake(plan: ProvedPlan): Promise<Result<ReadBack>>;
  /** Names the whole parameter database: another value, and somebody has changed it. Null where the device has none. */
  parameterChecksum(): Promise<Result<number | null>>;
  /** Gives again the command that stood before the last activation. Fails, and sends nothing, when there was none. */
  revert(): Promise<Result<void>>;
  /** Hands the intersection back to its local plan. */
  release(): Promise<Result<void>>;
  close(): Promise<void>;
}
