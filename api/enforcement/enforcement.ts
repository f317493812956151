/** Rules at work: what cameras see is judged, and what was an act becomes a case. */

import { type Detection, detectionSchema } from "../../core/cases/detection.ts";
import { canonicalJson } from "../../core/evidence/canonical-json.ts";
import type { Sightings } from "../../core/ports/detection-feed.ts";
import type { Language, Problem } from "../../core/problems/problem.ts";
import { type Fitness, unfit } from "../../core/violations/fitness.ts";
import type { Violation } from "../../core/violations/ruling.ts";
import type { Camera, ModelIdentity } from "../../detectors/index.ts";
import type { LampWatch } from "../control/lamp-watch.ts";
import { sha256 } from "../storage/sha256.ts";
import { CameraJudge } from "./camera-judge.ts";
import type { CaseOpener } from "./case-opener.ts";
import type { MachineClock } from "./machine-clock.ts";
import { type CameraRule, type RuleAtWork, ruleAtWork } from "./rule-at-work.ts";
import type { RuleReport } from "./rule-tally.ts";
import type { SiteClock, SiteRule } from "./schema.ts";

export interface WatchedCamera {
  readonly camera: Camera;
  /** From a file, or under a signal that is arithmetic: nothing that happens there ever happened in a street. */
  readonly staged: boolean;
  readonly model: ModelIdentity;
}

export interface EnforcementOptions {
  readonly rules: readonly SiteRule[];
  /** IANA zone of the street. */
  readonly timezone: string;
  readonly clockStated: SiteClock;
  readonly cameras: readonly WatchedCamera[];
  readonly lamps: LampWatch;
  readonly machine: Pick<MachineClock, "state">;
  readonly opener: Pick<CaseOpener, "open" | "problem">;
}

/** A rule and what it has said. */
export interface RuleState extends RuleReport {
  readonly kind: SiteRule["kind"];
  readonly camera: string;
  readonly lane: string | null;
}

/** Where nobody has measured it: cameras take from nothing to 0.3 s from the light to the wire. A file takes no time. */
const usualLatency = { latency_ms: 150, latency_uncertainty_ms: 150 };
const noLatency = { latency_ms: 0, latency_uncertainty_ms: 0 };
/** Signal samples that go with a detection: before the act, and after it. */
const signalBefore_ms = 10_000;
const signalAfter_ms = 5000;
const mostSamples = 600;

interface Watch {
  readonly watched: WatchedCamera;
  readonly judge: CameraJudge;
  readonly calibration: string;
}

export class Enforcement {
  readonly #options: EnforcementOptions;
  readonly #watches = new Map<string, Watch>();

  /** Throws for rules that the check of the site file would refuse. */
  constructor(options: EnforcementOptions) {
    this.#options = options;
    for (const watched of options.cameras) {
      const rules = options.rules.filter(
        (rule): rule is CameraRule => rule.kind !== "section_speed" && rule.camera === watched.camera.id,
      );
      if (rules.length > 0) this.#watches.set(watched.camera.id, this.#watch(watched, rules));
    }
  }

  judge(sightings: Sightings): void {
    this.#watches.get(sightings.feed)?.judge.judge(sightings);
  }

  /** Why acts are not stored, and why rules could judge nothing at all; one problem of a kind. */
  problems(): readonly Problem[] {
    const lacking = new Map<string, Problem>();
    for (const { judge } of this.#watches.values()) {
      for (const rule of judge.rules) {
        const reason = unfit(this.#fitness(rule, 0));
        if (reason !== null) lacking.set(reason.code, lacking.get(reason.code) ?? reason);
      }
    }
    const trouble = this.#options.opener.problem();
    return [...(trouble === null ? [] : [trouble]), ...lacking.values()];
  }

  rules(language: Language): readonly RuleState[] {
    return [...this.#watches.values()].flatMap(({ judge }) =>
      judge.rules.map(({ rule, lane, tally }) => ({
        ...tally.report(language),
        kind: rule.kind,
        camera: rule.camera,
        lane,
      })),
    );
  }

  #watch(watched: WatchedCamera, rules: readonly CameraRule[]): Watch {
    const { lamps, timezone } = this.#options;
    const { camera, staged } = watched;
    const traceOf = (phase: number) => lamps.trace(camera.intersection, phase);
    const stated = this.#options.clockStated.cameras.find((each) => each.camera === camera.id);
    const { latency_ms, latency_uncertainty_ms } = stated ?? (staged ? noLatency : usualLatency);
    const judge = new CameraJudge({
      rules: rules.map((rule) => ruleAtWork(rule, camera, traceOf, timezone)),
      latency_ms,
      fitness: (rule) => this.#fitness(rule, latency_uncertainty_ms),
      violated: (rule, violation, session_ms) => {
        const watch = this.#watches.get(camera.id);
        if (watch !== undefined) this.#open(watch, rule, violation, session_ms, latency_uncertainty_ms);
      },
    });
    const calibration = `${camera.id}-${sha256(canonicalJson(camera.calibration)).slice(0, 16)}`;
    return { watched, judge, calibration };
  }

  #fitness({ rule, error_m }: RuleAtWork, delay_uncertainty_ms: number): Fitness {
    const machine = this.#options.machine.state();
    return {
      camera: rule.camera,
      reprojection_error_m: error_m,
      clock_offset_ms: machine === null ? null : Math.abs(machine.offset_ms) + machine.uncertainty_ms,
      delay_uncertainty_ms,
    };
  }

  #open(watch: Watch, rule: RuleAtWork, violation: Violation, session_ms: number, delay_ms: number): void {
    const { watched, judge, calibration } = watch;
    const { camera, model, staged } = watched;
    const { track, at_ms, error_ms = 0, version, measured } = violation;
    const machine = this.#options.machine.state();
    const vehicleClass = judge.memory.classOf(track);
    // Rules speak of what is remembered, and only when the clock is known: see `unfit`.
    if (machine === null || vehicleClass === null) return;
    const place_ms = judge.memory.timeError_ms(track, at_ms);
    const detection: Detection = {
      camera: camera.id,
      intersection: camera.intersection,
      lane: rule.lane,
      rule: { id: rule.rule.kind, place: rule.rule.id, version, thresholds: { ...rule.thresholds } },
      track,
      class: vehicleClass,
      at_ms,
      uncertainty_ms: Math.hypot(machine.uncertainty_ms, delay_ms, place_ms, error_ms),
      measured: { ...measured },
      session_ms,
      points: [...judge.memory.points(track)],
      signal: this.#signal(rule.rule, camera.intersection, at_ms),
      calibration: { id: calibration, reprojection_error_px: rule.reading_px },
      clock: machine,
      models: [model],
      staged,
    };
    this.#options.opener.open(detectionSchema.parse(detection));
  }

  #signal(rule: CameraRule, intersection: string, at_ms: number): Detection["signal"] {
    const { lamps } = this.#options;
    const controller = lamps.controllerOf(intersection);
    if (!("phase" in rule) || controller === null) return null;
    const { phase } = rule;
    const all = lamps.samples(intersection, phase, at_ms - signalBefore_ms, at_ms + signalAfter_ms);
    return { controller, phase, samples: all.slice(-mostSamples).map((sample) => ({ ...sample })) };
  }
}
