/**
 * A corridor that runs: each intersection's own signal machine under a plan of its own, flows of the last half hour,
 * a ledger, and a camera whose drawn vehicles and boxes are the same. Seeded by nothing but the clock.
 */
import sharp from "sharp";
import type { Site } from "../../api/site/schema.ts";
import type { Crossing, FeedView } from "../../core/ports/detection-feed.ts";
import { machineConfig, machinePattern } from "../../core/signal/machine/convert.ts";
import { createMachine, type Machine } from "../../core/signal/machine/machine.ts";
import type { Plan } from "../../core/signal/plan.ts";
import { CAMERA, type FrontDoor, minuteOf } from "./front-door.ts";
import { offTheGround } from "./off-the-ground.ts";

type Intersection = Site["intersections"][number];

const CYCLE_S = 120;
const ALL = 0xffff;

/** Minimum greens and pedestrians first; what is left goes to the coordinated group, there to the last phase. */
export function planFor({ id, signal }: Intersection, offset_s: number): Plan {
  const need = (number: number): number => {
    const phase = signal.phases.find((candidate) => candidate.number === number);
    const clearance = signal.clearances.find((candidate) => candidate.phase === number);
    const green = Math.max(phase?.min_green_s ?? 0, (phase?.walk_s ?? 0) + (phase?.ped_clear_s ?? 0));
    return Math.ceil(green + (clearance?.yellow_s ?? 0) + (clearance?.red_clear_s ?? 0));
  };
  const groups = (signal.rings[0] ?? []).map((_, group) => signal.rings.map((ring) => ring[group] ?? []));
  const sum = (phases: readonly number[]): number => phases.reduce((total, phase) => total + need(phase), 0);
  const least = groups.map((rings) => Math.max(...rings.map(sum)));
  const spare = CYCLE_S - least.reduce((total, length) => total + length, 0);
  const coordinated = groups.findIndex((rings) => rings.flat().some((phase) => signal.coord_phases.includes(phase)));
  const splits = groups.flatMap((rings, group) =>
    rings.flatMap((phases) => {
      const length = (least[group] ?? 0) + (group === coordinated ? spare : 0);
      return phases.map((phase, index) => ({
        phase,
        split_s: index === phases.length - 1 ? length - sum(phases.slice(0, -1)) : need(phase),
        mode: "none" as const,
      }));
    }),
  );
  const reference = "begin_green_of_coord_phases" as const;
  return { intersection: id, pattern: 1, cycle_s: CYCLE_S, offset_s, offset_reference: reference, sequence: 1, splits };
}

/** Progression in the outbound direction: each local zero is the travel time after the one before. */
function offsets(site: Site): ReadonlyMap<string, number> {
  const corridor = site.corridors[0];
  let distance_m = 0;
  return new Map(
    (corridor?.intersections ?? []).map((member) => {
      distance_m += member.distance_m;
      return [member.id, Math.round((distance_m * 3.6) / (corridor?.progression_speed_kmh ?? 40)) % CYCLE_S];
    }),
  );
}

/** Fills the stores as half an hour of work would have. */
export async function fillStores(door: FrontDoor, now_ms: number): Promise<readonly Plan[]> {
  const minute = Math.floor(now_ms / 60_000) * 60_000;
  for (const { lane, flow_veh_h } of door.site.volumes) {
    const owner = door.site.intersections.find(({ approaches }) =>
      approaches.some(({ lanes }) => lanes.some(({ id }) => id === lane)),
    );
    const onCamera = door.site.cameras.some(({ lines }) => lines.some((line) => line.lane === lane));
    const minutes = Array.from({ length: 30 }, (_, back) => {
      const wave = 1 + 0.25 * Math.sin((30 - back) / 4 + lane.length) + 0.12 * Math.sin(back * 2.7 + flow_veh_h);
      const total = Math.round((flow_veh_h / 60) * wave);
      return minuteOf(lane, owner?.id ?? "", minute - (back + 1) * 60_000, total, onCamera ? "camera" : "simulated");
    });
    // One approach has never reported, so that assumed volumes show too.
    if (!lane.startsWith("bd-sb")) await door.flows.append(minutes);
  }
  const offsetOf = offsets(door.site);
  const plans = door.site.intersections.map((each) => planFor(each, offsetOf.get(each.id) ?? 0));
  for (const plan of plans) {
    const reasons = {
      corridor: "nguyen-van-linh",
      cycle_s: CYCLE_S,
      bands: { outbound_s: 24, inbound_s: 13 },
      intersection: {
        id: plan.intersection,
        critical_flow_ratio: 0.74,
        lost_time_s: 15,
        oversaturated: false,
        phases: [],
      },
      lanes: [],
    };
    const at_ms = minute - 240_000;
    const id = await door.plans.add(plan, reasons, at_ms);
    await door.plans.setState(id, "active", at_ms + 9_000);
    const { intersection, pattern } = plan;
    const who = { plan_id: id, intersection, controller: `controller-${intersection}`, pattern, actor: "retime" };
    await door.ledger.append("plan.proposed", { ...who, plan }, at_ms + 1_000);
    await door.ledger.append("plan.downloaded", { ...who, values: 74 }, at_ms + 6_000);
    await door.ledger.append("plan.active", { ...who, previous_pattern: 2 }, at_ms + 9_000);
  }
  return plans;
}

/** Runs the machines on the wall clock and publishes what they show; returns the way to stop. */
export function runSignals(door: FrontDoor, plans: readonly Plan[]): () => void {
  const started_ds = Math.floor(Date.now() / 100);
  const warmUp_ds = 4 * CYCLE_S * 10;
  const streets = door.site.intersections.flatMap((intersection) => {
    const plan = plans.find((candidate) => candidate.intersection === intersection.id);
    if (plan === undefined) return [];
    const machine = createMachine(machineConfig(intersection));
    const pattern = machinePattern(plan);
    return [{ intersection, machine, pattern, clock_ds: started_ds - warmUp_ds }];
  });
  const tick = (): void => {
    const now_ms = Date.now();
    for (const street of streets) {
      while (street.clock_ds < now_ms / 100) {
        street.clock_ds += 1;
        const { clock_ds, pattern, machine } = street;
        machine.step({ clock_ds, pattern, vehicle_calls: ALL, ped_calls: 0, occupied: ALL });
      }
      const status = statusOfMachine(street.intersection, street.machine, now_ms);
      door.signals.set(status.intersection, status);
      door.bus.publish("signal", status);
    }
  };
  tick();
  const timer = setInterval(tick, 1000);
  return () => clearInterval(timer);
}

function statusOfMachine({ id, signal }: Intersection, { lamps, ...machine }: Machine, at_ms: number) {
  const shown = (mask: number): readonly number[] =>
    signal.phases.map(({ number }) => number).filter((number) => (mask & (1 << (number - 1))) !== 0);
  const { pattern, local_ds } = machine.coordination();
  return {
    controller: `controller-${id}`,
    intersection: id,
    at_ms,
    pattern: pattern ?? 254,
    free_status: "notFree",
    control_status: "systemControl",
    local_clock_s: local_ds === null ? null : local_ds / 10,
    greens: shown(lamps.greens),
    yellows: shown(lamps.yellows),
    reds: shown(lamps.reds),
    walks: shown(lamps.walks),
  };
}

const vehicles = [
  { track: 1, class: "car", y: 0.34, size: [0.11, 0.12], speed: 0.06, phase: 0.1 },
  { track: 2, class: "motorcycle", y: 0.42, size: [0.035, 0.08], speed: 0.09, phase: 0.5 },
  { track: 3, class: "motorcycle", y: 0.47, size: [0.035, 0.08], speed: 0.08, phase: 0.7 },
  { track: 4, class: "bus", y: 0.52, size: [0.2, 0.2], speed: 0.045, phase: 0.8 },
  { track: 5, class: "motorcycle", y: 0.62, size: [0.04, 0.09], speed: 0.1, phase: 0.2 },
  { track: 6, class: "truck", y: 0.66, size: [0.17, 0.18], speed: 0.05, phase: 0.35 },
] as const;

function viewAt(at_ms: number): FeedView {
  const tracks = vehicles.map(({ track, class: name, y, size: [w, h], speed, phase }) => {
    const x = (phase + (speed * at_ms) / 1000) % 1;
    return { track, class: name, box: [x * (1 - w), y, w, h] as const };
  });
  return { feed: CAMERA, at_ms, tracks };
}

/** A road with the view's vehicles as plain blocks. */
export async function drawn(view: FeedView): Promise<Uint8Array> {
  const blocks = view.tracks.map(({ track, box: [x, y, w, h] }) => {
    const fill = ["#7a8fa6", "#a65f4b", "#8a8d62", "#c9a14a", "#5f7d6e", "#8d93a0"][track % 6];
    return `<rect x="${x * 960}" y="${y * 540}" width="${w * 960}" height="${h * 540}" rx="8" fill="${fill}"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="540">
    <rect width="960" height="540" fill="#7d8b7a"/><rect y="150" width="960" height="330" fill="#4b5054"/>
    <path d="M0 255H960M0 365H960" stroke="#d9d9d2" stroke-width="4" stroke-dasharray="38 30"/>${blocks.join("")}</svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 82 }).toBuffer();
}

/** Ten pictures a second with their boxes, and a crossing now and then; returns the way to stop. */
export function runCamera(door: FrontDoor): () => void {
  let frames = 0;
  const timer = setInterval(() => {
    const view = viewAt(Date.now());
    frames += 1;
    door.camera.state = { ...door.camera.state, phase: "live", frames, frames_per_s: 10 };
    drawn(view).then((jpeg) => {
      door.camera.picture = jpeg;
      door.bus.publish("view", view);
    }, fail);
    if (frames % 6 === 0) door.bus.publish("crossing", crossingAt(frames, view.at_ms));
    if (frames % 10 === 1) door.bus.publish("feed", door.camera.state);
  }, 100);
  return () => clearInterval(timer);
}

function crossingAt(frame: number, at_ms: number): Crossing {
  const vehicle = vehicles[frame % vehicles.length] ?? vehicles[0];
  const line = frame % 4 === 0 ? "line-2" : "line-1";
  const { class: name, track } = vehicle;
  return { feed: CAMERA, line, lane: null, at_ms, class: name, direction: "forward", track, ...offTheGround };
}

/** A picture that cannot be drawn is a bug of this test. */
function fail(error: unknown): never {
  throw error;
}
