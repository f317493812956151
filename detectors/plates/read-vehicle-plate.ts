/** The plate of one vehicle, voted over several pictures of it that a child process reads. */
import { regionsOf } from "../../core/plates/countries/regions.ts";
import { vehiclePlate } from "../../core/plates/vehicle-plate.ts";
import type { CasePlate } from "../../core/ports/cases.ts";
import { failed, ok, type Problem, type Result } from "../../core/problems/problem.ts";
import { askPictureChild } from "../pictures/ask-child.ts";
import { unknownCountry } from "./unknown-country.ts";
import { fromChild, type SeenVehicle, type VehicleFrame, type VehiclesOrder } from "./vehicle-messages.ts";

export interface VehicleOrder {
  /** Whose plates are expected: `vn`, `eu`, … */
  readonly country: string;
  /** Picture files at full resolution, and where the vehicle is in each. */
  readonly frames: readonly VehicleFrame[];
}

export interface ReadVehicle {
  readonly plate: CasePlate;
  /** The best view of the plate with its rim: number of the picture, x, y, w, h in pixels of it. */
  readonly crop: { readonly frame: number; readonly box: readonly [number, number, number, number] };
}

export interface VehiclesReport {
  /** In the order asked for: null where no plate was found, undefined where nobody could look. */
  readonly vehicles: readonly (ReadVehicle | null | undefined)[];
  readonly problems: readonly Problem[];
}

/**
 * Null when the pictures show no plate; a plate that nobody should act on has no text. Fails with PICTURE_MISSING,
 * PICTURE_UNREADABLE, PLATE_COUNTRY_UNKNOWN, PLATE_READING_STOPPED or a problem of the models. Gives way to the cameras.
 */
export async function readVehiclePlate(order: VehicleOrder, stop?: AbortSignal): Promise<Result<ReadVehicle | null>> {
  const { vehicles, problems } = await readVehiclePlates([order], { stop, background: true });
  const [read] = vehicles;
  return read === undefined || problems.length > 0 ? failed(...problems) : ok(read);
}

/** Several vehicles with one child process, which takes a second to start. `background`: gives way to everything else. */
export async function readVehiclePlates(
  orders: readonly VehicleOrder[],
  { stop, background = false }: { readonly stop?: AbortSignal | undefined; readonly background?: boolean } = {},
): Promise<VehiclesReport> {
  const unknown = orders.filter(({ country }) => regionsOf(country) === null);
  if (unknown.length > 0) return { vehicles: [], problems: unknown.map(({ country }) => unknownCountry(country)) };
  const order: VehiclesOrder = { vehicles: orders };
  const read = (message: unknown) => fromChild.parse(message);
  const entry = "plates/vehicle-plates.child.js";
  const question = { entry, order, read, stopped: "PLATE_READING_STOPPED", stop, background } as const;
  const { pictures, problems } = await askPictureChild<SeenVehicle>(question);
  const seen = new Map(pictures.map((each) => [each.vehicle, each]));
  return { vehicles: orders.map(({ country }, i) => voted(seen.get(i), country)), problems };
}

function voted(seen: SeenVehicle | undefined, country: string): ReadVehicle | null | undefined {
  if (seen === undefined) return undefined;
  const found = vehiclePlate(seen.frames, regionsOf(country) ?? []);
  if (found === null) return null;
  const { frame } = found.best;
  const box = seen.frames[frame]?.[found.best.seen]?.box;
  return box === undefined ? null : { plate: found.plate, crop: { frame, box } };
}
