/**
 * What the signal showed after an act: a case begins before that is known, so it comes as an entry of the case's log, in time
 * for the evidence that is made of both.
 */
import { z } from "zod";
import type { LedgerEntry } from "../ports/storage.ts";
import { type Detection, detectionSchema } from "./detection.ts";

/** Kind of the entry. */
export const SIGNAL_SEEN = "signal_seen";
/** A clip goes on until 5 s after the act, and to the end of the group of pictures that was under way. */
export const signalAfter_ms = 7000;

const samplesSchema = detectionSchema.shape.signal.unwrap().shape.samples;
export type SignalSamples = z.infer<typeof samplesSchema>;

const bodySchema = z.object({ samples: samplesSchema });
const mostSamples = 600;

/** Body of the entry. */
export const signalSeen = (case_id: string, samples: SignalSamples): object => ({ case_id, samples });

/** The detection with what its case's log says of the signal afterwards; as it was where the log says nothing. */
export function withSignalSeen(detection: Detection, log: readonly LedgerEntry[]): Detection {
  const entry = log.findLast(({ kind }) => kind === SIGNAL_SEEN);
  const seen = bodySchema.safeParse(entry?.body);
  if (detection.signal === null || !seen.success) return detection;
  const known = detection.signal.samples;
  const newest_ms = known.at(-1)?.at_ms ?? Number.NEGATIVE_INFINITY;
  const later = seen.data.samples.filter(({ at_ms }) => at_ms > newest_ms);
  return { ...detection, signal: { ...detection.signal, samples: [...known, ...later].slice(-mostSamples) } };
}
