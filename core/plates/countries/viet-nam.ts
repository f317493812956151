/**
 * Plates of Viet Nam. Circular 79/2024/TT-BCA (in force 2025-01-01) with its amendments for police-issued plates, Circular
 * 169/2021/TT-BQP for military ones; series alphabets as public secondary descriptions give them, not checked against
 * the official gazette. Foreign, economic-zone and military forms are from memory.
 *
 * The shares are what such plates are among traffic that is four fifths motorcycles; they only break ties.
 */
import { type CountryGrammar, digits, letters, type PlateFormat, word } from "../format.ts";
import { vietNamProvinces } from "./viet-nam-provinces.ts";

const province = word(...Object.keys(vietNamProvinces));
/** Series letters of cars, and the first of motorcycles: never I, J, O, Q, R, W. */
const series = (least: number, most: number = least) => letters(least, most, "ABCDEFGHKLMNPSTUVXYZ");
const secondOfMotorcycle = letters(1, 1, "ABCDEFHKLMNPRSTUVXYZ");
const ofState = letters(1, 1, "ABCDEFGHKLM");
const nonZero = { kind: "run", symbols: "123456789", least: 1, most: 1 } as const;

const both = ["one-line", "two-line"] as const;

const formats: readonly PlateFormat[] = [
  { id: "car", slots: [province, series(1), digits(5)], layouts: both, breaksAfter: [2], share: 0.3 },
  // Older issue, still on the road.
  { id: "car-four-digits", slots: [province, series(1), digits(4)], layouts: both, breaksAfter: [2], share: 0.02 },
  {
    // The same text on a white plate is another vehicle.
    id: "car-state",
    slots: [province, ofState, digits(4, 5)],
    layouts: both,
    breaksAfter: [2],
    grounds: ["blue"],
    share: 0.02,
  },
  {
    // Foreign-invested (LD), foreign project (DA), military enterprise (KT), trailers (R, RM), restricted area (HC),
    // special machines (CD, MK), temporary (T), pilot (TĐ).
    id: "car-special-series",
    slots: [province, word("KT", "LD", "DA", "HC", "RM", "R", "MK", "CD", "TĐ", "TD", "T"), digits(4, 5)],
    layouts: both,
    breaksAfter: [2],
    share: 0.04,
  },
  {
    id: "motorcycle",
    slots: [province, series(1), secondOfMotorcycle, digits(5)],
    layouts: ["two-line"],
    breaksAfter: [3],
    share: 0.15,
  },
  {
    id: "motorcycle-letter-digit",
    slots: [province, series(1), nonZero, digits(4, 5)],
    layouts: ["two-line"],
    breaksAfter: [3],
    share: 0.4,
  },
  {
    id: "motorcycle-state",
    slots: [province, ofState, nonZero, digits(4, 5)],
    layouts: ["two-line"],
    breaksAfter: [3],
    grounds: ["blue"],
    share: 0.01,
  },
  {
    id: "motorcycle-electric",
    slots: [province, word("MĐ", "MD"), { ...nonZero, least: 0 }, digits(5)],
    layouts: ["two-line"],
    breaksAfter: [3],
    share: 0.03,
  },
  {
    // Diplomatic (NG), international organisations (QT) and their staff (CV), other foreigners (NN).
    id: "foreign",
    slots: [province, digits(3), word("NG", "QT", "NN", "CV"), digits(2, 3)],
    layouts: both,
    breaksAfter: [2],
    share: 0.01,
  },
  {
    // Border economic zones: yellow with red text.
    id: "economic-zone",
    slots: [province, letters(2), digits(5)],
    layouts: both,
    breaksAfter: [2],
    grounds: ["yellow"],
    share: 0.005,
  },
  // Not in the police registry.
  {
    id: "military",
    slots: [letters(2), digits(4)],
    layouts: both,
    breaksAfter: [1],
    grounds: ["red"],
    share: 0.015,
  },
];

export const vietNam: CountryGrammar = { country: "vn", formats };
