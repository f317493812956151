/** The picture of the main road of a scenario's plan, whose lights are told apart by driving time. */
import { z } from "zod";
import type { BandCorridor } from "../bands/corridor.ts";
import { bandPicture } from "./from-bands.ts";
import type { TimeSpacePicture } from "./picture.ts";

const time = z.number().min(-1e6).max(1e6);
const green = z.object({ start_s: time, green_s: z.number().positive().max(3600) });

const lightSchema = z.object({
  offset_s: time,
  /** Greens after the signal's zero. */
  outbound: green,
  inbound: green,
  /** Driving time from the first light, and back to it. */
  travel_out_s: time,
  travel_in_s: time,
});

/** A plan document with a road in it, as `retime <scenario> --json` prints it. */
export const roadDocumentSchema = z.looseObject({
  scenario: z.string(),
  bands: z
    .array(
      z.looseObject({
        signals: z.array(z.string()),
        cycle_s: z.number().positive().max(3600),
        lights: z.array(lightSchema).min(2),
      }),
    )
    .min(1),
});

export type RoadLight = z.infer<typeof lightSchema>;

export function roadPicture({ scenario, bands }: z.infer<typeof roadDocumentSchema>): TimeSpacePicture {
  const [road] = bands;
  if (road === undefined) throw new Error("a document with a road has one at least");
  const { lights, cycle_s, signals } = road;
  const steps = (of: (light: RoadLight) => number): number[] =>
    lights.slice(1).map((light, i) => of(light) - of(lights[i] ?? light));
  const corridor: BandCorridor = {
    cycle_s,
    signals: lights.map(({ outbound, inbound }) => ({
      green_out_s: Math.min(cycle_s, outbound.green_s),
      green_in_s: Math.min(cycle_s, inbound.green_s),
      phasings: [{ name: null, inbound_after_s: inbound.start_s - outbound.start_s }],
    })),
    out_s: steps((light) => light.travel_out_s),
    in_s: steps((light) => light.travel_in_s),
  };
  const picture = bandPicture({
    title: scenario,
    corridor,
    names: signals,
    positions_m: lights.map(({ travel_out_s }) => travel_out_s),
    offsets_s: lights.map(({ offset_s, outbound }) => offset_s + outbound.start_s),
    phasings: lights.map(() => 0),
    shown_offsets_s: lights.map(({ offset_s }) => offset_s),
  });
  return { ...picture, scale: "driving_time" };
}
