/** Runs many virtual controllers in this process: real SNMP agents on loopback, stepped every tenth of a second. */
import type { Intersection } from "../../core/network/schema.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Faults } from "./agent/faults.ts";
import { type RunningAgent, startAgent } from "./agent/snmp-agent.ts";
import { layoutMaker } from "./database/layout.ts";
import type { Trip } from "./monitor/conflict-monitor.ts";
import { VirtualController } from "./virtual-controller.ts";

export interface VirtualControllerConfig {
  readonly id: string;
  readonly intersection: Intersection;
  /** 0: any free one. */
  readonly port: number;
  readonly community: string;
}

export interface VirtualControllerHandle {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  /** Lamps, status and time without SNMP, for tests and simulation. */
  readonly controller: VirtualController;
  readonly trips: readonly Trip[];
  /** Replaces all faults; `{}` heals. */
  setFaults(faults: Faults): void;
  /** A vehicle detector input goes on or off. */
  setDetector(channel: number, on: boolean): void;
}

export interface VirtualControllers {
  readonly controllers: ReadonlyMap<string, VirtualControllerHandle>;
  /** Steps every controller up to the clock's now; without `clock` nothing else does. */
  stepTo(clock_ds: number): void;
  close(): Promise<void>;
}

const HOST = "127.0.0.1";
const STEP_MS = 100;
/** A clock further ahead than this (a suspended machine), or set back by more than a second, has simply jumped. */
const LONGEST_CATCH_UP_DS = 600;
const LONGEST_SETBACK_DS = 10;

/**
 * Binds every agent, then runs. With `clock` the controllers follow it in real time; without, `stepTo` moves them.
 * Rejects with the system's error (`EADDRINUSE`) when a port is taken; nothing keeps running then.
 */
export async function startVirtualControllers(options: {
  readonly controllers: readonly VirtualControllerConfig[];
  readonly clock?: Clock;
  /** Told once per controller, at the first fault its conflict monitor sees. */
  readonly onTrip?: (controller: string, trip: Trip) => void;
}): Promise<VirtualControllers> {
  const layoutFor = layoutMaker();
  const handles = new Map<string, VirtualControllerHandle>();
  const agents: RunningAgent[] = [];
  try {
    for (const config of options.controllers) {
      const onTrip = (trip: Trip): void => options.onTrip?.(config.id, trip);
      const controller = new VirtualController(config.intersection, layoutFor, onTrip);
      const agent = await startAgent(
        { host: HOST, port: config.port, community: config.community },
        controller.objects,
      );
      agents.push(agent);
      handles.set(config.id, handleOf(config.id, controller, agent));
    }
  } catch (cause) {
    for (const agent of agents) agent.close();
    throw cause;
  }
  const stepTo = stepper([...handles.values()].map((handle) => handle.controller));
  const stop = new AbortController();
  const running = options.clock === undefined ? Promise.resolve() : run(options.clock, stepTo, stop.signal);
  return {
    controllers: handles,
    stepTo,
    close: async () => {
      if (stop.signal.aborted) return;
      stop.abort();
      await running;
      for (const agent of agents) agent.close();
    },
  };
}

function handleOf(id: string, controller: VirtualController, agent: RunningAgent): VirtualControllerHandle {
  return {
    id,
    host: HOST,
    port: agent.port,
    controller,
    get trips() {
      return controller.trips;
    },
    setFaults: (faults) => {
      agent.faults = faults;
    },
    setDetector: (channel, on) => controller.device.detectors.set(channel, on),
  };
}

/** Late timers are caught up: each controller gets every tenth of a second exactly once. */
function stepper(controllers: readonly VirtualController[]): (clock_ds: number) => void {
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
