/** What the signal showed at one moment of a clip, from the samples that the case was made with. */
import type { CaseSignal, SignalColour } from "./case-document.ts";

/** A sample says nothing of what came later than this: controllers are asked at least four times a second. */
const speaksFor_ms = 1000;

export interface SignalMoment {
  readonly colour: SignalColour | "unknown";
  /** Since the red of the act began: negative while it is still to come; null where the act was in no red. */
  readonly red_for_s: number | null;
}

export function signalAt({ samples, red_since_ms }: CaseSignal, at_ms: number): SignalMoment {
  const newest = samples.findLast((sample) => sample.at_ms <= at_ms);
  const colour = newest === undefined || at_ms - newest.at_ms > speaksFor_ms ? "unknown" : newest.state;
  return { colour, red_for_s: red_since_ms === null ? null : (at_ms - red_since_ms) / 1000 };
}

export interface ColourSpan {
  readonly colour: SignalMoment["colour"];
  readonly from_ms: number;
  readonly to_ms: number;
}

/** The signal from `from_ms` to `to_ms` without a gap; what no sample speaks for is unknown. */
export function coloursBetween(signal: CaseSignal, from_ms: number, to_ms: number): readonly ColourSpan[] {
  const turns = signal.samples.flatMap(({ at_ms }) => [at_ms, at_ms + speaksFor_ms + 1]);
  const edges = [from_ms, ...turns.filter((at_ms) => at_ms > from_ms && at_ms < to_ms), to_ms].sort((a, b) => a - b);
  const spans: ColourSpan[] = [];
  for (const [index, start_ms] of edges.entries()) {
    const end_ms = edges[index + 1];
    if (end_ms === undefined || end_ms === start_ms) continue;
    const { colour } = signalAt(signal, start_ms);
    const last = spans.at(-1);
    if (last?.colour === colour) spans[spans.length - 1] = { ...last, to_ms: end_ms };
    else spans.push({ colour, from_ms: start_ms, to_ms: end_ms });
  }
  return spans;
}
