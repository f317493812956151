/** A street led to its end, a second after the other. */
import type { ControlledStreet, StreetController } from "../../sim/street/running-street.ts";

/** `eachSecond`: after each step. Steps are of a second. */
export async function driveToEnd(
  street: ControlledStreet,
  controller: StreetController | null,
  eachSecond: () => void = () => undefined,
): Promise<void> {
  await controller?.begin(street);
  while (street.now_s < street.end_s) {
    await controller?.decide(street);
    await street.step();
    eachSecond();
  }
}
