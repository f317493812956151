/** What a person does with a device, in the ledger. */
import type { GateParts, Person, Place } from "./parts.ts";

export async function noteDevice(
  { clock, ledger }: Pick<GateParts, "clock" | "ledger">,
  kind: string,
  { controller, intersection }: Place,
  by: Person,
  about: object,
): Promise<void> {
  const who = { controller: controller.id, intersection: intersection.id, by: by.name, role: by.role };
  await ledger.append(kind, { ...who, ...about }, clock.nowMs());
}
