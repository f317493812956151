/**
 * A site's signals shown by the street's own kind of controllers: a policy sees the simulated street and decides, a device in its cabinet
 * is asked and told as on a street, and drivers see what that device shows, and nothing else.
 */
import { ActingJunction, type Inside } from "../../core/adaptive/acting/acting-junction.ts";
import { ringStages, ringTimes } from "../../core/adaptive/acting/ring-stages.ts";
import type { Junction } from "../../core/adaptive/junction.ts";
import type { Policy } from "../../core/adaptive/policy.ts";
import type { Intersection } from "../../core/network/schema.ts";
import type { CabinetMaker, RehearsedCabinet, RehearsedCabinets } from "../../core/ports/rehearsed-cabinets.ts";
import { ProblemError } from "../../core/problems/problem.ts";
import { standingChannels, stopLanes } from "../site/detectors.ts";
import { stateOf } from "../site/machine-signals.ts";
import type { SignalledWay } from "../site/network.ts";
import type { SiteStreets } from "../site/schema.ts";
import { Approaches } from "../street/approach.ts";
import type { RunningStreet, StreetController } from "../street/running-street.ts";
import type { SignalRules } from "../street/signal-rules.ts";
import { FullSight, reach_m } from "./full-sight.ts";
import { JunctionBox } from "./junction-box.ts";
import { signalJunction } from "./signal-junction.ts";

const perSecond = 10;

interface Signal {
  readonly at: number;
  readonly ways: readonly SignalledWay[];
  readonly lanes: ReturnType<typeof stopLanes>;
  readonly cabinet: RehearsedCabinet;
}

export interface DeviceSignalsParts {
  readonly site: SiteStreets;
  readonly ways: ReadonlyMap<string, readonly SignalledWay[]>;
  readonly policyFor: (junction: Junction) => Policy;
  readonly makeCabinets: CabinetMaker;
}

export class DeviceSignals implements StreetController<RunningStreet> {
  readonly #parts: DeviceSignalsParts;
  #signals: readonly Signal[] = [];
  #cabinets: RehearsedCabinets | null = null;

  constructor(parts: DeviceSignalsParts) {
    this.#parts = parts;
  }

  async begin(street: RunningStreet): Promise<void> {
    const { site, makeCabinets } = this.#parts;
    const approaches = new Approaches(street.network);
    const led = site.intersections.flatMap((intersection) => this.#led(intersection, street, approaches));
    this.#cabinets = await makeCabinets(led);
    this.#signals = led.map(({ at, ways, lanes }, i) => {
      street.watch(lanes.map(({ lane }) => lane));
      return { at, ways, lanes, cabinet: this.#cabinets?.cabinets[i] as RehearsedCabinet };
    });
  }

  /** Rejects with a `ProblemError` where a device refuses, or does not answer. */
  async decide(street: RunningStreet): Promise<void> {
    for (const { lanes, cabinet } of this.#signals) {
      for (const [channel, on] of standingChannels(lanes, street)) cabinet.detector(channel, on);
    }
    this.#cabinets?.stepTo(Math.round(street.now_s * perSecond));
    for (const { at, ways, cabinet } of this.#signals) street.show(at, stateOf(ways, cabinet.lamps));
    const rounds = await Promise.all(this.#signals.map(({ cabinet }) => cabinet.round()));
    for (const round of rounds) if (!round.ok) throw new ProblemError(round.problems);
  }

  async close(): Promise<void> {
    await this.#cabinets?.close();
  }

  #led(intersection: Intersection, street: RunningStreet, approaches: Approaches) {
    const { ways: all, policyFor } = this.#parts;
    const at = street.network.signals.indexOf(intersection.id);
    const ways = all.get(intersection.id) ?? [];
    const rules = ringRules(intersection, ways);
    const own = signalJunction(street.network, approaches, at, rules, reach_m);
    if (own === null) return [];
    const { signal } = intersection;
    const junction: Junction = { ...own.junction, ...ringTimes(signal, ringStages(signal)) };
    const eyes = new FullSight({ ...own, junction });
    street.watch(eyes.lanes);
    const see = (_: unknown, dt_s: number) => {
      eyes.look(street, dt_s);
      return eyes.sight;
    };
    const box = new JunctionBox(street.network, at, rules);
    street.watch(box.lanes);
    const inside: Inside = {
      isHeld: (stage) => box.isHeld(street, stage),
      inTheWay: (stage, before) => box.inTheWay(street, stage, before),
    };
    const lanes = stopLanes(intersection, street.network);
    return [
      {
        at,
        ways,
        lanes,
        intersection,
        see,
        inside,
        junction: new ActingJunction(intersection, junction, policyFor(junction)),
      },
    ];
  }
}

/** What the device can show, by the links of the network; clearances are the device's. */
function ringRules({ signal }: Intersection, ways: readonly SignalledWay[]): SignalRules {
  return {
    size: ways.length,
    stages: ringStages(signal).map(({ mask }) => stateOf(ways, { greens: mask, yellows: 0 })),
    yellow_s: ways.map(() => 0),
    walk_s: ways.map(() => 0),
    allRed_s: 0,
    together: () => true,
  };
}
