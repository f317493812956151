/** Every grammar that is known, by region: the formats that are searched together. */
import { type CountryGrammar, digit, letter, type PlateFormat } from "../format.ts";
import { brazil, unitedStates } from "./americas.ts";
import { europe } from "./europe.ts";
import { vietNam } from "./viet-nam.ts";

export interface WeightedFormat {
  readonly country: string;
  readonly format: PlateFormat;
  /** Chance that a plate of the region follows this format; the sum over a region is 1. */
  readonly chance: number;
}

export interface Region {
  readonly id: string;
  /** How likely a plate is from here when nobody said where the camera stands; only relations matter. */
  readonly weight: number;
  readonly formats: readonly WeightedFormat[];
}

/** What is said instead of a country when a text fits none. */
export const freeForm = "free";

const weighted = ({ country, formats }: CountryGrammar, weight: number): WeightedFormat[] =>
  formats.map((format) => ({ country, format, chance: format.share * weight }));

const europeanWeight = europe.reduce((sum, { weight }) => sum + weight, 0);

/** Any five to eight characters. */
const anything: PlateFormat = {
  id: "any",
  slots: [{ kind: "run", symbols: digit + letter, least: 5, most: 8 }],
  layouts: ["one-line"],
  share: 1,
};

export const regions: readonly Region[] = [
  { id: "vn", weight: 0.25, formats: weighted(vietNam, 1) },
  {
    id: "eu",
    weight: 0.25,
    formats: europe.flatMap(({ grammar, weight }) => weighted(grammar, weight / europeanWeight)),
  },
  { id: "us", weight: 0.22, formats: weighted(unitedStates, 1) },
  { id: "br", weight: 0.22, formats: weighted(brazil, 1) },
  { id: freeForm, weight: 0.02, formats: [{ country: freeForm, format: anything, chance: 1 }] },
];

/** What `--country` takes: regions and countries. */
export const placeNames: readonly string[] = [
  ...new Set(regions.flatMap(({ id, formats }) => [id, ...formats.map(({ country }) => country)])),
].filter((name) => name !== freeForm);

/** The grammars of one region or country; of all, with the free form, when no place is named. Null for an unknown name. */
export function regionsOf(place?: string): readonly Region[] | null {
  if (place === undefined) return regions;
  if (place === freeForm) return null;
  const region = regions.find(({ id }) => id === place);
  if (region !== undefined) return [region];
  const home = regions.find(({ formats }) => formats.some(({ country }) => country === place));
  if (home === undefined) return null;
  const formats = home.formats.filter(({ country }) => country === place);
  const sum = formats.reduce((total, { chance }) => total + chance, 0);
  return [{ id: place, weight: 1, formats: formats.map((each) => ({ ...each, chance: each.chance / sum })) }];
}
