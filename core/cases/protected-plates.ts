/**
 * Plates for which nothing goes on by itself: two people review, and an officer says why. Which series these are is data, by
 * country; which ambulances and fire engines a city has only the city knows.
 */
import { digits, fitsFormat, letters, type PlateFormat, type Slot, word } from "../plates/format.ts";

export const protections = ["diplomatic", "military", "police", "priority"] as const;
export type ProtectedAs = (typeof protections)[number];

interface ProtectedSeries {
  readonly country: string;
  readonly as: ProtectedAs;
  readonly slots: readonly Slot[];
}

const provinceOf = digits(2);

/**
 * Viet Nam: Circular 79/2024/TT-BCA (NG diplomatic, QT international organisations, CV their staff; CD special machines of the
 * police), Circular 169/2021/TT-BQP (military), and KT, an older series of military enterprises. Germany: FZV, Anlage 3 and
 * paragraph 10 (0 diplomatic, Y and X military, BP and BD federal). Romania: CD, CO and TC diplomatic, A military, MAI police.
 */
const series: readonly ProtectedSeries[] = [
  { country: "vn", as: "diplomatic", slots: [provinceOf, digits(3), word("NG", "QT", "CV"), digits(2, 3)] },
  { country: "vn", as: "military", slots: [letters(2), digits(4)] },
  { country: "vn", as: "military", slots: [provinceOf, word("KT"), digits(4, 5)] },
  { country: "vn", as: "police", slots: [provinceOf, word("CD"), digits(4, 5)] },
  { country: "de", as: "diplomatic", slots: [word("0"), digits(2, 6)] },
  { country: "de", as: "military", slots: [word("Y", "X"), digits(4, 6)] },
  { country: "de", as: "police", slots: [word("BP", "BD"), digits(2, 6)] },
  { country: "ro", as: "diplomatic", slots: [word("CD", "CO", "TC"), digits(6)] },
  { country: "ro", as: "military", slots: [word("A"), digits(3, 7)] },
  { country: "ro", as: "police", slots: [word("MAI"), digits(5)] },
];

const formatOf = ({ slots }: ProtectedSeries): PlateFormat => ({
  id: "protected",
  slots,
  layouts: ["one-line"],
  share: 1,
});

/** Upper case, without what stands between the characters. */
const bare = (text: string): string => text.toUpperCase().replaceAll(/[\s.-]/g, "");

/**
 * Null for all plates but a few, and for one that could not be read. A reader that named no country, or another one, may be
 * wrong about that alone: the series of `home` are always tried.
 */
export function protectedAs(
  plate: { readonly text: string | null; readonly country: string | null },
  home: string,
  priority: readonly string[],
): ProtectedAs | null {
  if (plate.text === null) return null;
  const text = bare(plate.text);
  if (priority.some((each) => bare(each) === text)) return "priority";
  const countries = [home, plate.country];
  const found = series.find((each) => countries.includes(each.country) && fitsFormat(formatOf(each), text));
  return found?.as ?? null;
}
