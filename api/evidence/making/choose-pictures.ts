/** Which pictures of a clip become stills, and in which the plate is looked for. */
import type { Detection } from "../../../core/cases/detection.ts";
import { bestSights, sightsApart_s } from "../../../core/plates/best-sight.ts";
import { type ClipPicture, pictureAt } from "../../../detectors/index.ts";
import { type Box, boxAt } from "./stream-time.ts";

export interface ChosenPicture {
  /** Number of the picture in the order in which they are shown, from 0. */
  readonly index: number;
  /** Where the vehicle is in it; null where its track does not tell. */
  readonly box: Box | null;
}

export interface ChosenPictures {
  /** The last picture before the act. */
  readonly a: ChosenPicture;
  /** The act: the first picture in which it has happened. */
  readonly b: ChosenPicture;
  /** What came of it. */
  readonly c: ChosenPicture;
  /** The vehicle large and whole, at most `plateFrames` times, the largest first. */
  readonly plate: readonly { readonly index: number; readonly box: Box }[];
}

const plateFrames = 8;
/** As far as this after the act the vehicle is still near it, and what it went on to do shows. */
const afterwards_s = 2;
/** Where its track ends sooner. */
const alone_s = 1;
/** Beyond this the time of the act is so uncertain that an earlier picture shows no more. */
const mostDoubt_ms = 300;

function platePictures(pictures: readonly ClipPicture[], { points, session_ms }: Detection): ChosenPictures["plate"] {
  const chosen = bestSights(points, ({ pts_s }) => pts_s, plateFrames);
  const seen = chosen.map(({ pts_s, box }) => ({ index: pictureAt(pictures, session_ms, pts_s), box }));
  return seen.filter(({ index }, n) => index >= 0 && seen.findIndex((other) => other.index === index) === n);
}

/** Null when the clip does not hold the act. `at_ms`: of each picture. `act_s`: by the stream's clock. */
export function choosePictures(
  pictures: readonly ClipPicture[],
  at_ms: readonly number[],
  detection: Detection,
  act_s: number,
): ChosenPictures | null {
  const { session_ms, points, uncertainty_ms } = detection;
  const nearest = pictureAt(pictures, session_ms, act_s);
  if (nearest < 0) return null;
  const doubt_ms = Math.min(uncertainty_ms, mostDoubt_ms);
  const first = at_ms.findIndex((at) => at >= detection.at_ms);
  const b = first < 0 || pictures[first]?.session_ms !== session_ms ? nearest : first;
  const before = at_ms.findLastIndex((at) => at < detection.at_ms - doubt_ms);
  const lastSeen_s = points.findLast(({ pts_s }) => pts_s <= act_s + afterwards_s)?.pts_s ?? act_s;
  const after_s = lastSeen_s > act_s + sightsApart_s ? lastSeen_s : act_s + alone_s;
  const c = pictureAt(pictures, session_ms, after_s);
  const chosen = (index: number): ChosenPicture => ({
    index,
    box: boxAt(points, pictures[index]?.pts_s ?? Number.NaN),
  });
  return {
    a: chosen(before < 0 ? Math.max(0, b - 1) : before),
    b: chosen(b),
    c: chosen(Math.max(c, b)),
    plate: platePictures(pictures, detection),
  };
}
