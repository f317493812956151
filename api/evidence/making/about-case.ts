/** What a manifest says of a case, out of what the rule saw. */
import type { Detection, TrackPoint } from "../../../core/cases/detection.ts";
import type { CasePlate } from "../../../core/ports/cases.ts";
import type { SealRequest } from "../seal-package.ts";

type About = SealRequest["about"];

/** Where the vehicle meets the road: the middle of the lower side of its box. */
const roadPoint = ({ at_ms, box: [x, y, w, h] }: TrackPoint): About["track"]["points"][number] => ({
  at_ms,
  x: x + w / 2,
  y: y + h,
});

function signalOf({ signal }: Detection): About["signal"] {
  if (signal === null) return null;
  const { controller, phase, samples } = signal;
  return { controller, phase, samples: samples.map((sample) => ({ ...sample, at_ms: Math.round(sample.at_ms) })) };
}

export interface Edition {
  readonly edition: number;
  readonly supersedes: string | null;
}

export function aboutCase(
  case_id: string,
  detection: Detection,
  site: string,
  plate: CasePlate | null,
  { edition, supersedes }: Edition,
  sealed_at_ms: number,
): About {
  const { camera, intersection, lane, rule, models, calibration, clock, measured, staged } = detection;
  const { at_ms, uncertainty_ms } = detection;
  return {
    case_id,
    edition,
    supersedes,
    site,
    camera: { id: camera, intersection, lane },
    rule,
    models,
    calibration,
    event: { at_ms, uncertainty_ms, measured, staged },
    clock: { ...clock, checked_at_ms: Math.round(clock.checked_at_ms) },
    signal: signalOf(detection),
    track: { class: detection.class, points: detection.points.map(roadPoint) },
    plate: plate === null ? null : { text: plate.text, confidence: plate.confidence },
    sealed_at_ms: Math.round(sealed_at_ms),
  };
}
