/**
 * Whether time in a package only ever runs forwards. A clock that was set back, by hand or by mistake, shows where
 * something is stamped earlier than what it follows from.
 */

import type { LedgerEntry } from "../../ports/storage.ts";
import { type Problem, problem } from "../../problems/problem.ts";
import type { Manifest } from "./manifest.ts";

interface Stamp {
  readonly name: string;
  readonly at_ms: number;
}

const stampText = (at_ms: number): string => new Date(at_ms).toISOString();

/** The first stamp that is earlier than the one before it. */
function firstBackwards(stamps: readonly Stamp[]): readonly Problem[] {
  for (const [index, later] of stamps.entries()) {
    const earlier = stamps[index - 1];
    if (earlier === undefined || later.at_ms >= earlier.at_ms) continue;
    return [
      problem("CLOCK_SET_BACK", {
        later: later.name,
        later_at: stampText(later.at_ms),
        earlier: earlier.name,
        earlier_at: stampText(earlier.at_ms),
      }),
    ];
  }
  return [];
}

export function checkTimes(manifest: Manifest, custody: readonly LedgerEntry[]): readonly Problem[] {
  // Pictures of a stream with B-frames stand in decoding order in the file; they were seen in the order of their pts.
  const frames = [...manifest.clip.frames].sort((a, b) => a.pts - b.pts);
  const first = frames[0] as (typeof frames)[number];
  return [
    ...firstBackwards(frames.map(({ at_ms }, index) => ({ name: `picture ${index + 1} of the clip`, at_ms }))),
    ...firstBackwards([
      { name: "the first picture", at_ms: first.at_ms },
      { name: "the event", at_ms: manifest.event.at_ms + manifest.event.uncertainty_ms },
      { name: "the seal", at_ms: manifest.sealed_at_ms },
    ]),
    ...firstBackwards(custody.map(({ seq, at_ms }) => ({ name: `entry ${seq} of the custody log`, at_ms }))),
  ];
}
