/** What those with priority say of themselves, wherever cameras look: buses how late they are, emergency vehicles when they come. */
import { weightOfLate } from "../../core/adaptive/priority/lateness.ts";
import type { JunctionSight } from "../../core/adaptive/sight.ts";
import type { Demand, Departure, VehicleType } from "../demand/demand.ts";
import { classBit } from "../network/road-network.ts";
import type { RunningStreet } from "../street/running-street.ts";
import type { Notices } from "./adaptive-control.ts";
import { EmergencyWay } from "./emergency-way.ts";
import type { SignalJunction } from "./signal-junction.ts";
import { Timetable } from "./timetable.ts";

export const priorityNames = ["none", "bus", "emergency", "both"] as const;
export type PriorityName = (typeof priorityNames)[number];

const buses = classBit("bus") | classBit("coach");

export class PriorityNotices implements Notices {
  readonly #street: RunningStreet;
  readonly #demand: Demand;
  readonly #kind: PriorityName;
  /** By name; only buses. */
  readonly #timetables = new Map<string, Timetable>();
  #junctions: readonly SignalJunction[] = [];
  #emergencies: readonly EmergencyWay[] = [];

  /** `street`: as it is, whatever cameras show of it. `demand`: with what its seed decides. */
  constructor(street: RunningStreet, demand: Demand, kind: PriorityName) {
    this.#street = street;
    this.#demand = demand;
    this.#kind = kind;
  }

  begin(junctions: readonly SignalJunction[]): void {
    const { network } = this.#street;
    this.#junctions = junctions;
    if (this.#kind === "bus" || this.#kind === "both") {
      for (const [departure, type] of this.#of("bus", "coach")) {
        this.#timetables.set(departure.id, new Timetable(network, departure, type));
      }
    }
    if (this.#kind === "emergency" || this.#kind === "both") {
      this.#emergencies = this.#of("emergency").map(
        ([departure, type], number) => new EmergencyWay(network, departure, type, number, junctions),
      );
    }
    for (const way of this.#emergencies) this.#street.watch(way.lanes);
  }

  look(): void {
    for (const way of this.#emergencies) way.look(this.#street);
  }

  note(at: number, sight: JunctionSight): void {
    if (this.#timetables.size > 0) this.#noteBuses(this.#junctions[at] as SignalJunction, sight);
    if (this.#emergencies.length === 0) return;
    sight.emergencies = this.#emergencies.flatMap((way) => way.before(at) ?? []);
  }

  #of(...classes: readonly VehicleType["class"][]): readonly (readonly [Departure, VehicleType])[] {
    return this.#demand.departures.flatMap((departure) => {
      const type = this.#demand.types[departure.type] as VehicleType;
      return classes.includes(type.class) ? [[departure, type] as const] : [];
    });
  }

  #noteBuses({ stretches }: SignalJunction, sight: JunctionSight): void {
    const { network, now_s, vehicles } = this.#street;
    for (const [at, parts] of stretches.entries()) {
      for (const { lane, ahead_m, from_m } of parts) {
        const view = this.#street.lane(lane);
        for (let i = 0; i < view.count && (view.position_m[i] as number) >= from_m; i += 1) {
          if (((view.class[i] as number) & buses) === 0) continue;
          const position_m = view.position_m[i] as number;
          const timetable = this.#timetables.get(vehicles[view.vehicle[i] as number] ?? "");
          const late_s = timetable?.late_s(network.lanes.edge[lane] as number, position_m, now_s) ?? 0;
          sight.lanes[at]?.weigh(ahead_m + view.length_m - position_m, weightOfLate(late_s));
        }
      }
    }
  }
}
