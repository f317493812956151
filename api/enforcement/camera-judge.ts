/** The rules of one camera, told of every picture's road users in turn. */
import type { Sightings } from "../../core/ports/detection-feed.ts";
import type { Fitness } from "../../core/violations/fitness.ts";
import type { Ruling, Violation } from "../../core/violations/ruling.ts";
import type { RuleAtWork } from "./rule-at-work.ts";
import { RuleTally } from "./rule-tally.ts";
import { TrackMemory } from "./track-memory.ts";

export interface JudgedRule extends RuleAtWork {
  readonly tally: RuleTally;
}

export interface CameraJudgeOptions {
  readonly rules: readonly RuleAtWork[];
  /** What the camera takes to send a picture, at its quickest. */
  readonly latency_ms: number;
  readonly fitness: (rule: RuleAtWork) => Fitness;
  readonly violated: (rule: RuleAtWork, violation: Violation, session_ms: number) => void;
}

export class CameraJudge {
  readonly #options: CameraJudgeOptions;
  readonly rules: readonly JudgedRule[];
  readonly memory = new TrackMemory();
  #session_ms = Number.NaN;

  constructor(options: CameraJudgeOptions) {
    this.#options = options;
    this.rules = options.rules.map((rule) => ({ ...rule, tally: new RuleTally(rule.rule.id) }));
  }

  judge({ at_ms: came_ms, stream, tracks }: Sightings): void {
    const at_ms = came_ms - this.#options.latency_ms;
    // Another connection: its tracks have numbers of their own.
    if (stream.session_ms !== this.#session_ms) {
      this.#end(this.memory.all());
      this.#session_ms = stream.session_ms;
    }
    for (const seen of tracks) this.memory.saw(seen, at_ms, stream.pts_s);
    const fitnesses = this.rules.map((rule) => this.#options.fitness(rule));
    for (const seen of tracks) {
      const { track, class: vehicleClass, front, rear, occluded } = seen;
      const sighting = { track, class: vehicleClass, at_ms, front, rear, occluded };
      for (const [index, rule] of this.rules.entries()) {
        this.#heard(rule, rule.judge.observe(sighting, fitnesses[index] as Fitness));
      }
    }
    this.#end(this.memory.gone(at_ms));
  }

  #end(tracks: readonly number[]): void {
    for (const track of tracks) {
      for (const rule of this.rules) this.#heard(rule, rule.judge.ended(track, this.#options.fitness(rule)));
      this.memory.forget(track);
    }
  }

  #heard(rule: JudgedRule, ruling: Ruling | null): void {
    if (ruling === null) return;
    const { track, at_ms } = "violation" in ruling ? ruling.violation : ruling.refusal;
    const vehicleClass = this.memory.classOf(track);
    if (vehicleClass !== null && !rule.concerns(vehicleClass, at_ms)) return;
    if ("refusal" in ruling) rule.tally.refused(ruling.refusal);
    else {
      rule.tally.violated(ruling.violation.at_ms);
      this.#options.violated(rule, ruling.violation, this.#session_ms);
    }
  }
}
