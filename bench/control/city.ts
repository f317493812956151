/**
 * A city's worth of intersections decided each second by one process: what they see is recorded on the shared scenarios under the
 * same policy, and played to as many copies as there are intersections, each beginning at another second.
 */
import type { Junction } from "../../core/adaptive/junction.ts";
import type { Decision, Policy } from "../../core/adaptive/policy.ts";
import { RollingSearch } from "../../core/adaptive/rolling-search.ts";
import { JunctionSight } from "../../core/adaptive/sight.ts";
import { AdaptiveControl } from "../../sim/adaptive/adaptive-control.ts";
import { DecisionTimes, TimedPolicy } from "../../sim/adaptive/timed-policy.ts";
import type { ScenarioFiles } from "../../sim/index.ts";
import { openScenario } from "../../sim/scenario/open-scenario.ts";
import { GuardedStreet } from "../../sim/street/guarded-street.ts";
import { OwnStreet } from "../../sim/street/own-street.ts";

/** Recorded from here on, so that traffic has come in, and for so long, s. */
const [from_s, for_s] = [900, 120];
/** Played before anything is timed, and then, s. */
const [warmUp_s, timed_s] = [20, 100];

/** Asked of a city's decisions: cores, and for each one ms. */
const [asked_cores, asked_ms] = [0.2, 20];
const usual = ["cologne1", "cologne3", "grid4x4", "ingolstadt1", "ingolstadt7"];

interface Moment {
  readonly sight: JunctionSight;
  readonly stage: number;
}

interface Recorded {
  readonly junction: Junction;
  readonly moments: Moment[];
}

export interface City {
  readonly intersections: number;
  /** Of that many different ones. */
  readonly recorded: number;
  /** Processor seconds a second. */
  readonly cores: number;
  /** Looking and deciding of one intersection. */
  readonly p50_ms: number;
  readonly p99_ms: number;
}

function copyOf(junction: Junction, seen: JunctionSight): JunctionSight {
  const copy = new JunctionSight(junction);
  for (const [at, lane] of seen.lanes.entries()) {
    const { count, distance_m, speed_m_s, weight } = lane;
    Object.assign(copy.lanes[at] as object, lane, {
      distance_m: distance_m.slice(0, count),
      speed_m_s: speed_m_s.slice(0, count),
      weight: weight.slice(0, count),
    });
  }
  for (const key of ["room_m", "behind", "released", "turned"] as const) copy[key].set(seen[key]);
  return copy;
}

class Recording implements Policy {
  readonly #policy: Policy;
  readonly #into: Recorded;
  readonly #isOn: () => boolean;

  constructor(policy: Policy, into: Recorded, isOn: () => boolean) {
    this.#policy = policy;
    this.#into = into;
    this.#isOn = isOn;
  }

  look(sight: JunctionSight, stage: number, dt_s: number): void {
    this.#policy.look(sight, stage, dt_s);
    if (this.#isOn()) this.#into.moments.push({ sight: copyOf(this.#into.junction, sight), stage });
  }

  decide(sight: JunctionSight, stage: number, shown_s: number): Decision {
    return this.#policy.decide(sight, stage, shown_s);
  }
}

/** All signals of a scenario, second by second. */
async function record(files: ScenarioFiles): Promise<readonly Recorded[]> {
  const opened = await openScenario(files, []);
  if (!opened.ok) return [];
  const { network, demand, programs } = opened.value;
  const { begin_s } = files;
  const end_s = Math.min(files.end_s, begin_s + from_s + for_s);
  const street = new GuardedStreet(new OwnStreet({ network, demand, programs, seed: 101, begin_s, end_s }), 3);
  const signals: Recorded[] = [];
  const control = new AdaptiveControl((junction) => {
    const into: Recorded = { junction, moments: [] };
    signals.push(into);
    return new Recording(new RollingSearch(junction), into, () => street.now_s >= end_s - for_s);
  });
  control.begin(street);
  while (street.now_s < end_s) {
    control.decide(street);
    await street.step();
  }
  return signals;
}

/** Null where there is nothing to record. Every intersection decides every second, which is more than it may on a street. */
export async function measureCity(scenarios: readonly ScenarioFiles[], intersections: number): Promise<City | null> {
  const recorded: Recorded[] = [];
  for (const files of scenarios) recorded.push(...(await record(files)));
  if (recorded.length === 0) return null;
  let times = new DecisionTimes();
  const copies = Array.from({ length: intersections }, (_, at) => {
    const { junction, moments } = recorded[at % recorded.length] as Recorded;
    return { moments, first: 37 * at, policy: new RollingSearch(junction) };
  });
  const second = (t: number): void => {
    for (const { moments, first, policy } of copies) {
      const { sight, stage } = moments[(first + t) % moments.length] as Moment;
      const timed = new TimedPolicy(policy, times);
      timed.look(sight, stage, 1);
      timed.decide(sight, stage, 10);
    }
  };
  for (let t = 0; t < warmUp_s; t += 1) second(t);
  times = new DecisionTimes();
  const began = process.cpuUsage();
  for (let t = 0; t < timed_s; t += 1) second(warmUp_s + t);
  const { user, system } = process.cpuUsage(began);
  return {
    intersections,
    recorded: recorded.length,
    cores: (user + system) / 1e6 / timed_s,
    p50_ms: times.quantile_ms(0.5) ?? 0,
    p99_ms: times.quantile_ms(0.99) ?? 0,
  };
}

export const citiesOf = (only: readonly string[]): readonly string[] => (only.length > 0 ? only : usual);

export function cityTold(city: City | null): readonly string[] {
  if (city === null) return ["the shared scenarios are not here: no city is measured"];
  const { intersections, recorded, cores, p50_ms, p99_ms } = city;
  return [
    `${intersections} intersections, copies of ${recorded}, each deciding every second`,
    `${cores.toFixed(3)} of a core (asked: under ${asked_cores})`,
    `looking and deciding: p50 ${p50_ms.toFixed(2)} ms, p99 ${p99_ms.toFixed(2)} ms (asked: under ${asked_ms})`,
  ];
}
