/** Faults of virtual cameras and their detectors: what breaks, when, and for how long; as a file says, or by a seeded chance. */
import { z } from "zod";
import { Random } from "../engine/random.ts";

/**
 * Of a camera, with all lanes before its stop line: `dark`, no pictures come; `late`, each comes so much later; `repeated`, the same one
 * comes again and again. Of one lane's detector: `stuck`, it shows somebody at the stop line; `silent`, it shows nobody.
 */
export const faultKinds = ["dark", "late", "repeated", "stuck", "silent"] as const;
export type FaultKind = (typeof faultKinds)[number];

const cameraFaultSchema = z.strictObject({
  /** A lane that ends at a signal. */
  lane: z.string(),
  kind: z.enum(faultKinds),
  from_s: z.number(),
  to_s: z.number(),
});

export type CameraFault = z.infer<typeof cameraFaultSchema>;

export const cameraFaultsSchema = z.array(cameraFaultSchema).readonly();

/** What comes late is so late, s. */
export const lateBy_s = 10;
/** A fault lasts so long at least, and so long on average beyond that, s. */
const [shortest_s, beyond_s] = [60, 240];
/** Keeps this chance apart from that of the drive and of the cameras' errors. */
const apart = 0x6661_756c;

/** `perHour`: faults of each lane's camera in an hour, on average. The same for the same seed. */
export function randomFaults(
  lanes: readonly string[],
  perHour: number,
  seed: number,
  { begin_s, end_s }: { readonly begin_s: number; readonly end_s: number },
): readonly CameraFault[] {
  const random = new Random((seed ^ apart) >>> 0);
  const after_s = (mean_s: number): number => -Math.log(1 - random.next()) * mean_s;
  const faults: CameraFault[] = [];
  for (const lane of lanes) {
    for (let at_s = begin_s + after_s(3600 / perHour); at_s < end_s; at_s += after_s(3600 / perHour)) {
      const kind = faultKinds[Math.floor(random.next() * faultKinds.length)] as FaultKind;
      const from_s = Math.round(at_s);
      at_s += shortest_s + after_s(beyond_s);
      faults.push({ lane, kind, from_s, to_s: Math.round(at_s) });
    }
  }
  return faults;
}
