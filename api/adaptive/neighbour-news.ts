/** What led intersections tell each other over the bus: whom they let go towards each other, and whom they mean to. */
import type { RingStage } from "../../core/adaptive/acting/ring-stages.ts";
import { exitSides } from "../../core/adaptive/acting/site-junction.ts";
import { type SiteWay, waysTo } from "../../core/adaptive/acting/site-neighbours.ts";
import { givenToLanes, type Junction } from "../../core/adaptive/junction.ts";
import { Coming, usualComing } from "../../core/adaptive/neighbours/coming.ts";
import type { FedApproach } from "../../core/adaptive/neighbours/feeds.ts";
import { type Outflow, OutflowTeller } from "../../core/adaptive/neighbours/outflow.ts";
import type { JunctionSight } from "../../core/adaptive/sight.ts";
import { compass } from "../../core/network/legs.ts";
import type { Corridor, Intersection } from "../../core/network/schema.ts";
import type { Bus } from "../../core/ports/bus.ts";

export interface NeighbourParts {
  readonly intersection: Intersection;
  readonly junction: Junction;
  readonly stages: readonly RingStage[];
  /** Of the whole site. */
  readonly intersections: readonly Intersection[];
  readonly corridors: readonly Corridor[];
  readonly bus: Bus;
}

/** It is told so often, and believed for so long, s. */
const [every_s, stale_s] = [5, 12];
/** Detectors at stop lines do not see who comes, so nobody can be missed among those. */
const settings = { ...usualComing, unseen: 0 };

interface Heard {
  readonly way: SiteWay;
  outflow: Outflow | null;
}

export class NeighbourNews {
  readonly #parts: NeighbourParts;
  readonly #heard: readonly Heard[];
  readonly #coming: Coming;
  readonly #teller: OutflowTeller;
  readonly #given: readonly Uint8Array[];
  readonly #sides: readonly number[];
  #now_s = 0;
  #told_s = Number.NEGATIVE_INFINITY;
  #stage = 0;
  #shown_s = 0;

  constructor(parts: NeighbourParts) {
    const { corridors, intersection, intersections, junction } = parts;
    this.#parts = parts;
    this.#heard = waysTo(intersection, intersections, corridors).map((way) => ({ way, outflow: null }));
    this.#coming = new Coming(this.#fed(), junction, settings);
    this.#teller = new OutflowTeller(junction, false);
    this.#given = givenToLanes(junction);
    this.#sides = exitSides(intersection);
  }

  /** Returns how to hear no more. */
  listen(): () => void {
    return this.#parts.bus.subscribe("outflow", ({ intersection, exit, ...outflow }) => {
      const heard = this.#heard.find(({ way }) => way.from === intersection && way.exit === exit);
      if (heard !== undefined) heard.outflow = outflow;
    });
  }

  /** Into what is seen: who comes from the neighbours. `greens`: phases, by bit. Then the neighbours are told. */
  look(sight: JunctionSight, greens: number, dt_s: number, now_ms: number): void {
    this.#now_s = now_ms / 1000;
    const shown = this.#parts.stages.findIndex(({ mask }) => mask === greens);
    this.#shown_s = shown === this.#stage ? this.#shown_s + dt_s : 0;
    if (shown !== -1) this.#stage = shown;
    this.#coming.look(sight, this.#given[this.#stage] as Uint8Array, dt_s, this.#now_s);
    this.#teller.look(sight, this.#stage, this.#shown_s, 0, dt_s, this.#now_s);
    if (this.#now_s < this.#told_s + every_s) return;
    this.#told_s = this.#now_s;
    for (const [exit, side] of this.#sides.entries()) this.#tell(exit, compass[side] as SiteWay["exit"]);
  }

  #tell(at: number, exit: SiteWay["exit"]): void {
    const { bus, intersection } = this.#parts;
    const outflow = this.#teller.of(at);
    if (outflow === null) return;
    const vehicles = Array.from(outflow.vehicles, (each) => Math.round(each * 100) / 100);
    bus.publish("outflow", { intersection: intersection.id, exit, ...outflow, vehicles });
  }

  /** Ways to the same lanes together. */
  #fed(): readonly FedApproach[] {
    const byLanes = new Map<string, Heard[]>();
    for (const heard of this.#heard) {
      const key = heard.way.lanes.join();
      byLanes.set(key, [...(byLanes.get(key) ?? []), heard]);
    }
    return [...byLanes.values()].map((heard) => ({
      lanes: heard[0]?.way.lanes ?? [],
      feeds: heard.map((each) => ({ told: () => this.#fresh(each), travel_s: each.way.travel_s })),
    }));
  }

  #fresh({ outflow }: Heard): Outflow | null {
    return outflow === null || this.#now_s > outflow.now_s + stale_s ? null : outflow;
  }
}
