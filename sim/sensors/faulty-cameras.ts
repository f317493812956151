/** What faults make of pictures that come. */
import { classBit, type RoadNetwork } from "../network/road-network.ts";
import type { LaneSnapshot } from "../street/lane-snapshot.ts";
import { type CameraFault, type FaultKind, lateBy_s } from "./camera-faults.ts";
import type { SeenLane } from "./camera-ways.ts";

/** Who is shown by a stuck detector: where, how long, and by a number that nobody has. */
const [ghost_m, ghostBody_m, ghost] = [1, 5, 2 ** 30];
const car = classBit("passenger");

/** Faults of a whole camera; the others are of one lane's detector. */
const ofCamera: ReadonlySet<FaultKind> = new Set(["dark", "late", "repeated"]);

export class FaultyCameras {
  /** By stop lane. */
  readonly #faults = new Map<number, CameraFault[]>();
  /** By lane that is shown late at some time: its last pictures, the oldest first. */
  readonly #late = new Map<number, LaneSnapshot[]>();

  constructor({ edges, lanes }: RoadNetwork, faults: readonly CameraFault[]) {
    for (const fault of faults) {
      const lane = lanes.ids.indexOf(fault.lane);
      const edge = lanes.edge[lane] as number;
      const first = edges.firstLane[edge] as number;
      const last = edges.firstLane[edge + 1] as number;
      const hit = ofCamera.has(fault.kind) ? Array.from({ length: last - first }, (_, at) => first + at) : [lane];
      for (const each of hit) this.#faults.set(each, [...(this.#faults.get(each) ?? []), fault]);
    }
  }

  /** Of the camera, or the detector, of a lane with a stop line. */
  at(stop: number, now_s: number): FaultKind | null {
    const found = this.#faults.get(stop)?.find(({ from_s, to_s }) => now_s >= from_s && now_s < to_s);
    return found?.kind ?? null;
  }

  /** Changes a picture, of now, as the fault has it, and tells how old it is then, s. */
  spoil(fault: FaultKind | null, { lane, stop, ahead_m }: SeenLane, view: LaneSnapshot): number {
    if (fault === "silent") view.reset();
    if (fault === "stuck" && ahead_m === 0) {
      view.add(ghost + lane, view.length_m - ghost_m, 0, ghostBody_m, car);
      view.sort();
    }
    if (this.#faults.get(stop)?.some(({ kind }) => kind === "late") !== true) return 0;
    const kept = this.#late.get(lane) ?? [];
    kept.push(view.copy());
    this.#late.set(lane, kept);
    const age_s = Math.min(kept.length - 1, lateBy_s);
    const oldest = kept.length > lateBy_s ? kept.shift() : kept[0];
    if (fault !== "late" || oldest === undefined) return 0;
    view.become(oldest);
    return age_s;
  }
}
