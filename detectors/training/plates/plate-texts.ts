/** Texts that a country's plates may bear, drawn from its grammar. */
import { regionsOf, type WeightedFormat } from "../../../core/plates/countries/regions.ts";
import type { PlateFormat, Slot } from "../../../core/plates/format.ts";
import { type Chance, pick } from "./chance.ts";

/** What stands in each slot of a format. */
export interface PlateText {
  readonly parts: readonly string[];
}

/** `country`: as of `--country`; `wanted`: which of its formats. Formats come as often as they are on the road. */
export function plateText(chance: Chance, country: string, wanted: (id: string) => boolean = () => true): PlateText {
  const formats = (regionsOf(country)?.[0]?.formats ?? []).filter(
    ({ format }) => format.id !== "loose" && wanted(format.id),
  );
  const format = weighted(chance, formats);
  return { parts: format.slots.map((slot) => filled(chance, slot)) };
}

function weighted(chance: Chance, formats: readonly WeightedFormat[]): PlateFormat {
  let left = chance() * formats.reduce((sum, each) => sum + each.chance, 0);
  for (const { format, chance: weight } of formats) {
    left -= weight;
    if (left <= 0) return format;
  }
  throw new Error("there are no such plates");
}

function filled(chance: Chance, slot: Slot): string {
  if (slot.kind === "word") return pick(chance, slot.words);
  const length = slot.least + Math.floor(chance() * (slot.most - slot.least + 1));
  return Array.from({ length }, () => pick(chance, slot.symbols)).join("");
}
