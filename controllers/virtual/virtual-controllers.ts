/** Runs many virtual controllers in this process: each a real SNMP agent, stepped every tenth of a second. */
import type { Clock } from "../../core/ports/clock.ts";
import { PassPhrases } from "./agent/snmp/usm-keys.ts";
import { Cabinet, type ListenOptions, type VirtualControllerConfig, type VirtualControllerHandle } from "./cabinet.ts";
import { layoutMaker } from "./database/layout.ts";
import type { Trip } from "./monitor/conflict-monitor.ts";

export interface VirtualControllers {
  readonly controllers: ReadonlyMap<string, VirtualControllerHandle>;
  /** Steps every controller up to the clock's now; without `clock` nothing else does. */
  stepTo(clock_ds: number): void;
  close(): Promise<void>;
}

const STEP_MS = 100;
/** A clock further ahead than this (a suspended machine), or set back by more than a second, has simply jumped. */
const LONGEST_CATCH_UP_DS = 600;
const LONGEST_SETBACK_DS = 10;

interface StartOptions extends ListenOptions {
  readonly controllers: readonly VirtualControllerConfig[];
  readonly clock?: Clock;
  /** Told once per controller, at the first fault its conflict monitor sees. */
  readonly onTrip?: (controller: string, trip: Trip) => void;
}

/**
 * Binds every agent, then runs. With `clock` the controllers follow it in real time; without, `stepTo` moves them.
 * Rejects with the system's error (`EADDRINUSE`) when a port is taken; nothing keeps running then.
 */
export async function startVirtualControllers(options: StartOptions): Promise<VirtualControllers> {
  const layoutFor = layoutMaker();
  const phrases = new PassPhrases();
  const cabinets = new Map<string, Cabinet>();
  try {
    for (const config of options.controllers) {
      const onTrip = (trip: Trip): void => options.onTrip?.(config.id, trip);
      const cabinet = new Cabinet(config, layoutFor, onTrip);
      await cabinet.listen(options, phrases);
      cabinets.set(config.id, cabinet);
    }
  } catch (cause) {
    for (const cabinet of cabinets.values()) cabinet.close();
    throw cause;
  }
  const stepTo = stepper([...cabinets.values()]);
  const stop = new AbortController();
  const running = options.clock === undefined ? Promise.resolve() : run(options.clock, stepTo, stop.signal);
  return {
    controllers: cabinets,
    stepTo,
    close: async () => {
      if (stop.signal.aborted) return;
      stop.abort();
      await running;
      for (const cabinet of cabinets.values()) cabinet.close();
    },
  };
}

/** Late timers are caught up: each controller gets every tenth of a second exactly once. */
function stepper(controllers: readonly Cabinet[]): (clock_ds: number) => void {
  let at_ds: number | null = null;
  return (clock_ds) => {
    const ahead = at_ds === null ? Number.POSITIVE_INFINITY : clock_ds - at_ds;
    if (at_ds === null || ahead > LONGEST_CATCH_UP_DS || ahead < -LONGEST_SETBACK_DS) at_ds = clock_ds - 1;
    while (at_ds < clock_ds) {
      at_ds += 1;
      for (const controller of controllers) controller.step(at_ds);
    }
  };
}

async function run(clock: Clock, stepTo: (clock_ds: number) => void, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const now = clock.nowMs();
    stepTo(Math.floor(now / STEP_MS));
    try {
      await clock.sleep(STEP_MS - (now % STEP_MS), stop);
    } catch (cause) {
      if (!stop.aborted) throw cause;
    }
  }
}
