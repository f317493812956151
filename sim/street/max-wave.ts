/**
 * Max-wave, a plain rule to measure others against: every ten seconds each signal goes to the stage with most vehicles within
 * 200 m before the links that it gives green (as RESCO's MAXWAVE; Ault and Sharon 2021).
 */
import { Approaches, type Stretch } from "./approach.ts";
import { minGreen_s } from "./guarded-street.ts";
import type { ControlledStreet, StreetController } from "./running-street.ts";
import { isGreen } from "./signal-rules.ts";
import { StageSignal } from "./stage-signal.ts";

const every_s = 10;
const reach_m = 200;

interface Served {
  readonly signal: StageSignal;
  /** By stage: what is seen of the lanes to which it gives green. */
  readonly stretches: readonly (readonly Stretch[])[];
}

export class MaxWave implements StreetController {
  #served: readonly Served[] = [];

  begin(street: ControlledStreet): void {
    const { links, signals } = street.network;
    const approaches = new Approaches(street.network);
    const ruled = signals.map((): number[] => []);
    for (const [link, signal] of links.signal.entries()) ruled[signal]?.push(link);
    this.#served = street.rules.flatMap((rules, at) => {
      if (rules === null || rules.stages.length === 0) return [];
      const stretches = rules.stages.map((stage) => {
        const green = (ruled[at] as number[]).filter((link) => isGreen(stage[links.signalIndex[link] as number]));
        const lanes = new Set(green.map((link) => links.from[link] as number));
        return [...lanes].flatMap((lane) => approaches.before(lane, reach_m));
      });
      return [{ signal: new StageSignal(at, rules, street, minGreen_s), stretches }];
    });
    street.watch(this.#served.flatMap(({ stretches }) => stretches.flat().map(({ lane }) => lane)));
  }

  decide(street: ControlledStreet): void {
    const due = (street.now_s - street.begin_s) % every_s === 0;
    for (const { signal, stretches } of this.#served) {
      if (due && signal.ready(street.now_s)) signal.choose(fullest(street, signal.stage, stretches), street.now_s);
      signal.tick(street);
    }
  }
}

/** Of equally full ones the one that is shown. */
function fullest(street: ControlledStreet, shown: number, stretches: Served["stretches"]): number {
  let [best, most] = [shown, vehiclesOn(street, stretches[shown] as readonly Stretch[])];
  for (const [stage, seen] of stretches.entries()) {
    const count = vehiclesOn(street, seen);
    if (count > most) [best, most] = [stage, count];
  }
  return best;
}

function vehiclesOn(street: ControlledStreet, stretches: readonly Stretch[]): number {
  let vehicles = 0;
  for (const { lane, from_m } of stretches) {
    const { position_m, count } = street.lane(lane);
    for (let at = 0; at < count; at += 1) if ((position_m[at] as number) >= from_m) vehicles += 1;
  }
  return vehicles;
}
