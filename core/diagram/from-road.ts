/** The picture of the main road of a scenario's plan, whose lights are told apart by driving time. */
import { z } from "zod";
import { streetOf } from "../retime/band-street.ts";
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
  const shown = (given: RoadLight["outbound"]) => ({ ...given, green_s: Math.min(cycle_s, given.green_s) });
  const street = lights.map((light) => ({
    ...light,
    outbound: shown(light.outbound),
    inbound: shown(light.inbound),
  }));
  const picture = bandPicture({
    title: scenario,
    corridor: streetOf({ cycle_s, signals: street }),
    names: signals,
    positions_m: lights.map(({ travel_out_s }) => travel_out_s),
    offsets_s: lights.map(({ offset_s, outbound }) => offset_s + outbound.start_s),
    phasings: lights.map(() => 0),
    shown_offsets_s: lights.map(({ offset_s }) => offset_s),
  });
  return { ...picture, scale: "driving_time" };
}
