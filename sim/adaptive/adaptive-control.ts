/** Policies at work on a street: each second they look, and where a signal may change they decide. */
import type { Junction } from "../../core/adaptive/junction.ts";
import type { Policy } from "../../core/adaptive/policy.ts";
import type { JunctionSight } from "../../core/adaptive/sight.ts";
import { Approaches } from "../street/approach.ts";
import { minGreen_s } from "../street/guarded-street.ts";
import type { ControlledStreet, RunningStreet, StreetController } from "../street/running-street.ts";
import { StageSignal } from "../street/stage-signal.ts";
import { FullSight } from "./full-sight.ts";
import { JunctionBox } from "./junction-box.ts";
import { type SignalJunction, signalJunction } from "./signal-junction.ts";

const reach_m = 200;
/** So long everybody is kept out at most for somebody inside, and so long a stage is kept for somebody who is held inside, s. */
const [longestClearing_s, longestHolding_s] = [5, 10];

/** `signal`: its name. */
export type PolicyFor = (junction: Junction, signal: string, street: RunningStreet) => Policy;

/** What is known of vehicles beside what is seen of them. */
export interface Notices {
  begin(junctions: readonly SignalJunction[]): void;
  /** Once a second, before anything is noted. */
  look(): void;
  /** Into what the `at`-th of the junctions sees, which has just been looked at. */
  note(at: number, sight: JunctionSight): void;
}

interface Controlled {
  readonly signal: StageSignal;
  readonly eyes: FullSight;
  readonly box: JunctionBox;
  readonly policy: Policy;
  /** For how long the next stage has waited for those inside, s. */
  cleared_s: number;
  /** The stage before the one that is shown or changed to, and for how long that is kept for somebody inside, s. */
  before: number;
  held_s: number;
}

export class AdaptiveControl implements StreetController {
  readonly #policyFor: PolicyFor;
  readonly #notices: Notices | null;
  #controlled: readonly Controlled[] = [];
  #looked_s = Number.NaN;

  constructor(policyFor: PolicyFor, notices: Notices | null = null) {
    this.#policyFor = policyFor;
    this.#notices = notices;
  }

  begin(street: ControlledStreet): void {
    const approaches = new Approaches(street.network);
    const junctions: SignalJunction[] = [];
    this.#controlled = street.rules.flatMap((rules, at) => {
      const own = rules === null ? null : signalJunction(street.network, approaches, at, rules, reach_m);
      if (own === null || rules === null) return [];
      junctions.push(own);
      const eyes = new FullSight(own);
      const box = new JunctionBox(street.network, at, rules);
      street.watch(eyes.lanes);
      street.watch(box.lanes);
      const signal = new StageSignal(at, rules, street, minGreen_s);
      const policy = this.#policyFor(own.junction, street.network.signals[at] as string, street);
      return [{ signal, eyes, box, policy, cleared_s: 0, before: signal.stage, held_s: 0 }];
    });
    this.#notices?.begin(junctions);
  }

  decide(street: ControlledStreet): void {
    const now_s = street.now_s;
    const dt_s = Number.isNaN(this.#looked_s) ? 1 : now_s - this.#looked_s;
    this.#looked_s = now_s;
    this.#notices?.look();
    for (const [at, each] of this.#controlled.entries()) {
      const { signal, eyes, policy } = each;
      eyes.look(street, dt_s);
      this.#notices?.note(at, eyes.sight);
      policy.look(eyes.sight, signal.stage, dt_s);
      if (signal.ready(now_s) && !isKeptFor(each, street, dt_s)) {
        each.before = signal.stage;
        signal.choose(policy.decide(eyes.sight, signal.stage, signal.shownFor_s(now_s)).stage, now_s);
      }
      keepOut(each, street, dt_s);
      signal.tick(street);
    }
  }
}

/** A stage does not end, for a while, on somebody who could not leave in it: he would meet those of the next one inside. */
function isKeptFor(each: Controlled, street: ControlledStreet, dt_s: number): boolean {
  each.held_s = each.box.isHeld(street, each.signal.stage) ? each.held_s + dt_s : 0;
  return each.held_s > 0 && each.held_s < longestHolding_s;
}

/** Green waits for who stands inside, for a while. */
function keepOut(each: Controlled, street: ControlledStreet, dt_s: number): void {
  const stage = each.signal.turningGreen(street.now_s);
  if (stage === -1) return;
  if (each.cleared_s < longestClearing_s && !each.box.isClear(street, stage, each.before)) {
    each.cleared_s += dt_s;
    each.signal.wait(street.now_s, dt_s);
  } else each.cleared_s = 0;
}
