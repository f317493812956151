/** Policies at work on a street: each second they look, and where a signal may change they decide. */
import { Clearing, HeldInside } from "../../core/adaptive/held-inside.ts";
import type { Junction } from "../../core/adaptive/junction.ts";
import type { Policy } from "../../core/adaptive/policy.ts";
import type { JunctionSight } from "../../core/adaptive/sight.ts";
import { Approaches } from "../street/approach.ts";
import { minGreen_s } from "../street/guarded-street.ts";
import type { ControlledStreet, RunningStreet, StreetController } from "../street/running-street.ts";
import { StageSignal } from "../street/stage-signal.ts";
import { CameraSight } from "./camera-sight.ts";
import type { Eyes } from "./eyes.ts";
import { FullSight, reach_m } from "./full-sight.ts";
import { JunctionBox } from "./junction-box.ts";
import { Neighbours, type Showing } from "./neighbours.ts";
import { PlannedStages } from "./planned-stages.ts";
import { type SignalJunction, signalJunction } from "./signal-junction.ts";
import { type Trouble, Troubles } from "./troubles.ts";

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
  readonly name: string;
  /** Names of the lanes before it. */
  readonly lanes: readonly string[];
  readonly eyes: Eyes;
  readonly box: JunctionBox;
  readonly policy: Policy;
  /** What is followed while the eyes cannot be believed. */
  readonly plan: PlannedStages;
  readonly clearing: Clearing;
  /** The stage before the one that is shown or changed to. */
  before: number;
  readonly held: HeldInside;
  /** When the policy has to be asked again at the latest. */
  askBy_s: number;
}

export class AdaptiveControl implements StreetController {
  readonly #policyFor: PolicyFor;
  readonly #notices: Notices | null;
  #controlled: readonly Controlled[] = [];
  #neighbours: Neighbours | null = null;
  readonly #troubles = new Troubles();
  #looked_s = Number.NaN;

  constructor(policyFor: PolicyFor, notices: Notices | null = null) {
    this.#policyFor = policyFor;
    this.#notices = notices;
  }

  /** Each time that an intersection fell back to its plan, so far. */
  get troubles(): readonly Trouble[] {
    return this.#troubles.all;
  }

  begin(street: ControlledStreet): void {
    const { cameras, network, programs } = street;
    const approaches = new Approaches(network);
    const junctions: SignalJunction[] = [];
    this.#controlled = street.rules.flatMap((rules, at) => {
      const own = rules === null ? null : signalJunction(network, approaches, at, rules, cameras?.range_m ?? reach_m);
      const program = programs[at] ?? null;
      if (own === null || rules === null || program === null) return [];
      junctions.push(own);
      const eyes = cameras === undefined ? new FullSight(own) : new CameraSight(own, cameras);
      const box = new JunctionBox(network, at, rules);
      street.watch(eyes.lanes);
      street.watch(box.lanes);
      const signal = new StageSignal(at, rules, street, minGreen_s);
      const name = network.signals[at] as string;
      const policy = this.#policyFor(own.junction, name, street);
      const plan = new PlannedStages(program, rules);
      const lanes = own.stretches.map(([stretch]) => network.lanes.ids[stretch?.lane as number] as string);
      const [held, clearing] = [new HeldInside(), new Clearing()];
      return [
        {
          signal,
          name,
          lanes,
          eyes,
          box,
          policy,
          plan,
          before: signal.stage,
          held,
          clearing,
          askBy_s: Number.POSITIVE_INFINITY,
        },
      ];
    });
    if (cameras !== undefined) this.#neighbours = new Neighbours(network, approaches, junctions);
    this.#notices?.begin(junctions);
  }

  decide(street: ControlledStreet): void {
    const now_s = street.now_s;
    const dt_s = Number.isNaN(this.#looked_s) ? 1 : now_s - this.#looked_s;
    this.#looked_s = now_s;
    this.#notices?.look();
    for (const [at, each] of this.#controlled.entries()) {
      const { signal, eyes, box, held, plan } = each;
      eyes.look(street, dt_s, signal.stage);
      this.#notices?.note(at, eyes.sight);
      this.#neighbours?.note(at, eyes.sight, showing(signal, now_s), dt_s, now_s);
      const believed = this.#isBelieved(each, now_s);
      if (believed) each.policy.look(eyes.sight, signal.stage, dt_s);
      const mayBeHeld = now_s + dt_s <= each.askBy_s;
      if (signal.ready(now_s) && !(held.keeps(box.isHeld(street, signal.stage), dt_s) && mayBeHeld)) {
        each.before = signal.stage;
        each.askBy_s = Number.POSITIVE_INFINITY;
        signal.choose(believed ? asked(each, now_s) : plan.at(now_s), now_s);
      }
      keepOut(each, street, dt_s);
      signal.tick(street);
      if (believed) this.#neighbours?.tell(at, eyes.sight, showing(signal, now_s), dt_s, now_s);
    }
  }

  #isBelieved({ eyes, lanes, name }: Controlled, now_s: number): boolean {
    let believed = true;
    for (const [at, lane] of lanes.entries()) {
      const fault = eyes.fault(at);
      this.#troubles.note(name, lane, fault, now_s);
      if (fault !== null) believed = false;
    }
    return believed;
  }
}

const showing = (signal: StageSignal, now_s: number): Showing => ({
  stage: signal.stage,
  shown_s: signal.shownFor_s(now_s),
  ahead_s: signal.greenIn_s(now_s),
});

/** The stage that the policy wants. */
function asked(each: Controlled, now_s: number): number {
  const { eyes, policy, signal } = each;
  const { stage, askAgain_s = Number.POSITIVE_INFINITY } = policy.decide(
    eyes.sight,
    signal.stage,
    signal.shownFor_s(now_s),
  );
  each.askBy_s = now_s + askAgain_s;
  return stage;
}

/** Green waits for who is inside, for a while. */
function keepOut({ askBy_s, before, box, clearing, signal }: Controlled, street: ControlledStreet, dt_s: number): void {
  const stage = signal.turningGreen(street.now_s);
  const inTime = street.now_s + dt_s + signal.least_s <= askBy_s;
  if (stage === -1) clearing.end();
  else if (clearing.waits(box.inTheWay(street, stage, before), dt_s, inTime)) signal.wait(street.now_s, dt_s);
}
