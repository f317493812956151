/** One seed of a scenario driven through, by the engine and the controller that were asked for. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CabinetMaker } from "../../core/ports/rehearsed-cabinets.ts";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import { actuatedPrograms } from "../engine/signal-actuated-programs.ts";
import { Simulation, type SimulationOptions } from "../engine/simulation.ts";
import { programsInForce } from "../network/programs-in-force.ts";
import type { SignalProgram } from "../network/road-network.ts";
import type { Scenario } from "../scenario/open-scenario.ts";
import { standardErrors } from "../sensors/camera-errors.ts";
import type { CameraFault } from "../sensors/camera-faults.ts";
import { CameraStreet } from "../sensors/camera-street.ts";
import { findFaults } from "../sensors/find-faults.ts";
import { policyOf } from "../street/controllers.ts";
import { GuardedStreet } from "../street/guarded-street.ts";
import { OwnStreet } from "../street/own-street.ts";
import type { ControlledStreet, RunningStreet, StreetController } from "../street/running-street.ts";
import type { StandingWatch } from "../street/standing-watch.ts";
import { programsText } from "../sumo/write-programs.ts";
import { runSumo } from "../traci/plain-run.ts";
import type { SumoOrder } from "../traci/sumo-inputs.ts";
import { openSumoStreet } from "../traci/sumo-street.ts";
import { driveBothWays, strangeSignal } from "./both-ways.ts";
import type { ControlTold } from "./control-messages.ts";
import type { Driven } from "./driven.ts";
import { inlineMore } from "./inline-more.ts";
import { Measuring, priorityFigures } from "./measuring.ts";
import type { RunOrder } from "./run-messages.ts";

/** Told now and then how much is driven, 0 to 1; the process hears signals and messages meanwhile. */
type Told = (share: number) => Promise<void>;

/** What a run may need that is no part of a simulation: given by whoever starts it. */
export interface Outside {
  readonly makeCabinets?: CabinetMaker;
}

const motorcycles_m = 0.8;
const everySteps = 60;
/** By processor time, as other work on the machine must not shorten it. */
const usual = { warmUp_us: 600_000, warmUps: 3 };
/** Whoever drives so many vehicles, all seeds together, gets back what compiling more takes (`inline-more.ts`). */
const manyVehicles = 40_000;
const thorough = { warmUp_us: 1_800_000, warmUps: 12 };

/** As asked for; otherwise motorcycles pass between lanes where any drive. */
export function lateralResolution_m(
  { demand }: Scenario,
  { lateral_resolution_m }: Pick<RunOrder, "lateral_resolution_m">,
): number {
  if (lateral_resolution_m !== null) return lateral_resolution_m;
  const twoWheels = demand.types.map((type) => type.class === "motorcycle" || type.class === "moped");
  return demand.departures.some(({ type }) => twoWheels[type]) ? motorcycles_m : 0;
}

/** The programs that are loaded after the network's own. */
function programsFor({ network, programs, machines }: Scenario, { controller }: RunOrder): readonly SignalProgram[] {
  // A site's machine shows what it wants, whatever program is in force.
  if (controller !== "actuated" || machines !== undefined) return programs;
  const inForce = programsInForce(network, programs).filter((program) => program !== null);
  return actuatedPrograms(inForce).map((program) => ({ ...program, program: "actuated" }));
}

async function drive<Street extends RunningStreet>(
  street: Street,
  controller: StreetController<Street> | null,
  told: Told,
  watch: StandingWatch | null,
): Promise<Driven> {
  await controller?.begin(street);
  let [steps, decided_s] = [0, Number.NEGATIVE_INFINITY];
  const began_ms = performance.now();
  // Half a step, as tenths of a second add up inexactly.
  while (street.now_s < street.end_s - street.step_s / 2) {
    if (controller !== null && street.now_s >= decided_s + 1 - street.step_s / 2) {
      decided_s = street.now_s;
      const deciding = controller.decide(street);
      if (deciding !== undefined) await deciding;
    }
    await street.step();
    watch?.look();
    steps += 1;
    if (steps % everySteps === 0) await told((street.now_s - street.begin_s) / (street.end_s - street.begin_s));
  }
  const wall_s = (performance.now() - began_ms) / 1000;
  return { ...(await street.result()), wall_s };
}

/** What a controller has before it: the guarded street, or what cameras show of it. */
function seenBy(
  street: RunningStreet,
  { detection, yellow_s }: RunOrder,
  seed: number,
  faults: readonly CameraFault[],
): ControlledStreet {
  const guarded = new GuardedStreet(street, yellow_s);
  return detection === "camera" ? new CameraStreet(guarded, seed, standardErrors, faults) : guarded;
}

const faultsTold = ({ faults }: RunOrder, found: readonly CameraFault[]): Pick<ControlTold, "faults"> =>
  faults === undefined ? {} : { faults: found };

function ownOptions(scenario: Scenario, order: RunOrder, seed: number): SimulationOptions {
  const { begin_s, end_s } = order.files;
  const lateral_resolution_m = lateralResolution_m(scenario, order);
  return {
    network: scenario.network,
    demand: scenario.demand,
    programs: programsFor(scenario, order),
    seed,
    begin_s,
    end_s,
    step_s: order.step_s,
    ...(lateral_resolution_m > 0 ? { lateral_resolution_m } : {}),
  };
}

/** Drives a while for nothing, so that the engine's code is compiled before a step is timed. Once a process. */
export function warmUp(scenario: Scenario, order: RunOrder): void {
  if (order.engine !== "own") return;
  const many = order.seeds.length * scenario.demand.departures.length >= manyVehicles;
  if (many) inlineMore();
  const { warmUp_us, warmUps } = many ? thorough : usual;
  const { user: began_us } = process.cpuUsage();
  const spent_us = (): number => process.cpuUsage().user - began_us;
  for (let pass = 0; pass < warmUps && spent_us() < warmUp_us; pass += 1) {
    const simulation = new Simulation(ownOptions(scenario, order, pass));
    for (let step = 0; !simulation.over && (step % everySteps !== 0 || spent_us() < warmUp_us); step += 1)
      simulation.step();
  }
}

/** SUMO knows more kinds of programs than our engine. */
function unknownProgram({ network, programs }: Scenario, { controller }: RunOrder): Problem | null {
  if (controller !== "fixed") return null;
  const other = programsInForce(network, programs).find(
    (each) => each !== null && each.type !== "static" && each.type !== "actuated",
  );
  return other ? problem("SIMULATE_PLAN_KIND", { signal: other.signal, type: other.type }) : null;
}

/** Signals on devices in their cabinets, as the policy leads them. */
async function onDevices(
  { devices }: Scenario,
  { controller, files }: RunOrder,
  { makeCabinets }: Outside,
  drives: (signals: StreetController<RunningStreet>) => Promise<Driven>,
): Promise<Result<Driven>> {
  const policyFor = policyOf(controller);
  if (policyFor === null) return failed(problem("THROUGH_POLICY", { controller }));
  if (devices === undefined) return failed(problem("THROUGH_SITE", { scenario: files.name }));
  if (makeCabinets === undefined) throw new Error("this process has no cabinets");
  const signals = devices(policyFor, makeCabinets);
  try {
    return ok(await drives(signals));
  } finally {
    await signals.close();
  }
}

async function onOwn(
  scenario: Scenario,
  order: RunOrder,
  seed: number,
  told: Told,
  outside: Outside,
): Promise<Result<Driven>> {
  const unknown = unknownProgram(scenario, order);
  if (unknown !== null) return failed(unknown);
  const street = new OwnStreet(ownOptions(scenario, order, seed));
  if (order.record !== undefined) {
    const recorded = street.record(order.record, { scenario: order.files.name, seed }, scenario.detectors);
    if (!recorded.ok) return recorded;
  }
  // A site's machine keeps its own clearances; others are kept by the guard.
  const machine = order.controller === "actuated" ? scenario.machines?.() : undefined;
  const measuring = new Measuring(scenario, order, street, seed);
  const unguarded = async (by: StreetController<RunningStreet>): Promise<Driven> =>
    measuring.with(await drive<RunningStreet>(street, by, told, measuring.watch));
  if (order.through !== undefined) return onDevices(scenario, order, outside, unguarded);
  if (machine !== undefined) return ok(await unguarded(machine));
  const faults = await findFaults(order.faults, scenario.network, seed, order.files);
  if (!faults.ok) return faults;
  const seen = seenBy(street, order, seed, faults.value);
  const driven = measuring.with(await drive(seen, measuring.controller(), told, measuring.watch));
  return ok({ ...driven, ...faultsTold(order, faults.value) });
}

async function withPlans<T>(
  scenario: Scenario,
  order: RunOrder,
  use: (plans: readonly string[]) => Promise<T>,
): Promise<T> {
  if (order.controller !== "actuated") return use(order.plans);
  const folder = await mkdtemp(join(tmpdir(), "greenwave-plan-"));
  try {
    const plan = join(folder, "actuated.add.xml");
    await writeFile(plan, programsText(programsFor(scenario, order)));
    return await use([...order.plans, plan]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function onSumo(scenario: Scenario, order: RunOrder, seed: number, told: Told): Promise<Result<Driven>> {
  const { kind, name } = order.files;
  if (kind !== "sumo") return Promise.resolve(failed(problem("SUMO_SCENARIO", { name, kind })));
  return withPlans(scenario, order, async (plans) => {
    const { files, step_s } = order;
    const sumo: SumoOrder = { files, plans, seed, step_s, lateral_resolution_m: lateralResolution_m(scenario, order) };
    const byItself = order.controller === "fixed" || order.controller === "actuated";
    if (byItself && order.measures !== true) {
      const driven = await runSumo(sumo, scenario.network);
      if (!driven.ok || order.priority === undefined) return driven;
      return ok({ ...driven.value, priority: priorityFigures(driven.value, scenario) });
    }
    const faults = await findFaults(order.faults, scenario.network, seed, files);
    if (!faults.ok) return faults;
    const street = await openSumoStreet(sumo, scenario.network, programsInForce(scenario.network, scenario.programs));
    if (!street.ok) return street;
    try {
      const measuring = new Measuring(scenario, order, street.value, seed);
      const seen = seenBy(street.value, order, seed, faults.value);
      const driven = await drive(seen, measuring.controller(), told, measuring.watch);
      return ok({ ...measuring.with(driven), ...faultsTold(order, faults.value) });
    } finally {
      await street.value.close();
    }
  });
}

/** What goes wrong with SUMO while it drives is thrown as a `ProblemError`. */
export function driveSeed(
  scenario: Scenario,
  order: RunOrder,
  seed: number,
  told: Told,
  outside: Outside = {},
): Promise<Result<Driven>> {
  const strange = strangeSignal(order, scenario.network.signals);
  if (!strange.ok) return Promise.resolve(strange);
  return order.engine === "sumo"
    ? onSumo(scenario, order, seed, told)
    : driveBothWays(order, (asked) => onOwn(scenario, asked, seed, told, outside));
}
