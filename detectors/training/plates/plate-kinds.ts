/**
 * What plates of several countries look like: size, colours, what stands beside the text and how it is written. Sizes are
 * those of the national rules, in millimetres; of what is printed beside the text only the place and the bulk are true.
 */
import { type Chance, pick } from "./chance.ts";
import type { DrawnPlate } from "./plate-scenes.ts";
import { type PlateText, plateText } from "./plate-texts.ts";

export interface MadePlate {
  /** `vn-car`, `eu-de`, `us`, … */
  readonly kind: string;
  /** As `--country` takes it. */
  readonly country: string;
  /** Without separators. */
  readonly text: string;
  readonly drawn: DrawnPlate;
}

const long = { width_mm: 520, height_mm: 110 } as const;

/** Five digits of Viet Nam are written 123.45. */
const dotted = (digits: string): string => (digits.length === 5 ? `${digits.slice(0, 3)}.${digits.slice(3)}` : digits);

const made = (kind: string, country: string, { parts }: PlateText, drawn: DrawnPlate): MadePlate => ({
  kind,
  country,
  text: parts.join(""),
  drawn,
});

const carFormats = ["car", "car-four-digits", "car-special-series"];
const grounds = ["#f2f2f0", "#f2f2f0", "#f2f2f0", "#efb81e"] as const;

function vietNamCar(chance: Chance): MadePlate {
  const text = plateText(chance, "vn", (id) => carFormats.includes(id));
  const [province = "", series = "", number = ""] = text.parts;
  const ground = pick(chance, grounds);
  if (chance() < 0.6) {
    return made("vn-car", "vn", text, { ...long, rows: [`${province}${series}-${dotted(number)}`], ground });
  }
  const rows = [`${province}${series}`, dotted(number)];
  return made("vn-car-short", "vn", text, { width_mm: 330, height_mm: 165, rows, ground });
}

function vietNamMotorcycle(chance: Chance): MadePlate {
  const text = plateText(chance, "vn", (id) => id === "motorcycle" || id === "motorcycle-letter-digit");
  const [province = "", first = "", second = "", number = ""] = text.parts;
  const rows = [`${province}-${first}${second}`, dotted(number)];
  return made("vn-motorcycle", "vn", text, { width_mm: 190, height_mm: 140, rows });
}

/** Colour, band and separator where they are not black on white, the country's own letters, and a space. */
const european: Readonly<Record<string, Partial<DrawnPlate> & { readonly join?: string }>> = {
  de: { band: "D" },
  fr: { band: "F", join: "-" },
  it: { band: "I" },
  es: { band: "E" },
  gb: { ground: "#eec51d" },
  pl: { band: "PL" },
  ro: { band: "RO" },
  nl: { band: "NL", ground: "#f0bb1c", join: "-" },
  cz: { band: "CZ" },
  be: { band: "B", ink: "#8c1414", join: "-" },
  pt: { band: "P", join: "-" },
  hu: { band: "H", join: "-" },
  at: { band: "A" },
  ch: {},
  se: { band: "S" },
  sk: { band: "SK" },
  hr: { join: "-" },
  gr: { band: "GR", join: "-" },
  dk: { band: "DK" },
  fi: { band: "FIN", join: "-" },
};

function europe(chance: Chance): MadePlate {
  const country = pick(chance, Object.keys(european));
  const { join = " ", ...look } = european[country] ?? {};
  const text = plateText(chance, country);
  const [first = "", ...others] = text.parts.filter((part) => part !== "");
  // Two rows stand on the backs of some cars and of most motorcycles.
  if (chance() < 0.12 && others.length > 0) {
    const rows = [first, others.join(join)];
    return made(`eu-${country}-short`, country, text, { ...look, width_mm: 280, height_mm: 200, rows });
  }
  return made(`eu-${country}`, country, text, { ...look, ...long, rows: [[first, ...others].join(join)] });
}

/** Ground, ink and what stands above. */
const states = [
  { ground: "#f4f4f2", ink: "#1a2a6c", heading: "CALIFORNIA" },
  { ground: "#f4f4f2", ink: "#101010", heading: "TEXAS" },
  { ground: "#f1e7c6", ink: "#123c26", heading: "OREGON" },
  { ground: "#f0b429", ink: "#14213d", heading: "NEW YORK" },
  { ground: "#dce9f5", ink: "#8c1c13", heading: "ILLINOIS" },
  { ground: "#f4f4f2", ink: "#0b5d1e", heading: "FLORIDA" },
  { ground: "#1e5631", ink: "#f4f4f2", heading: "COLORADO" },
  { ground: "#e8eef7", ink: "#14213d", heading: "PENNSYLVANIA" },
] as const;

function unitedStates(chance: Chance): MadePlate {
  const text = plateText(chance, "us");
  const whole = text.parts.join("");
  // Groups of three or four are set apart, by a space or an emblem.
  const at = whole.length > 5 && chance() < 0.7 ? Math.floor(whole.length / 2) : whole.length;
  const rows = [[whole.slice(0, at), whole.slice(at)].filter(Boolean).join(pick(chance, [" ", "-", " "]))];
  return made("us", "us", text, { ...pick(chance, states), width_mm: 305, height_mm: 152, rows });
}

function brazil(chance: Chance): MadePlate {
  const mercosul = chance() < 0.6;
  const text = plateText(chance, "br", (id) => id.startsWith("mercosul") === mercosul);
  const whole = text.parts.join("");
  const [first, last] = [whole.slice(0, 3), whole.slice(3)];
  if (chance() < 0.3) {
    const look = mercosul ? { strip: "BRASIL" } : { ground: "#c9cacb", heading: "SP SAO PAULO" };
    return made("br-motorcycle", "br", text, { ...look, width_mm: 200, height_mm: 170, rows: [first, last] });
  }
  return mercosul
    ? made("br-mercosul", "br", text, { width_mm: 400, height_mm: 130, rows: [whole], strip: "BRASIL" })
    : made("br-old", "br", text, {
        width_mm: 400,
        height_mm: 130,
        rows: [`${first}-${last}`],
        ground: "#c9cacb",
        heading: "SP SAO PAULO",
      });
}

const kinds: readonly ((chance: Chance) => MadePlate)[] = [
  vietNamCar,
  vietNamMotorcycle,
  vietNamMotorcycle,
  europe,
  europe,
  europe,
  unitedStates,
  unitedStates,
  brazil,
  brazil,
];

/** Three of ten from Viet Nam, three from Europe, two each from the United States and Brazil. */
export const madePlate = (chance: Chance): MadePlate => pick(chance, kinds)(chance);
