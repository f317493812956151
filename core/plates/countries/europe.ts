/**
 * Plates of European countries as they are issued now, and older ones that are still common. From public descriptions of
 * the national rules, not checked against the laws; letters that a country leaves out are left out here where they matter
 * for reading (I, O, Q). Shares only break ties.
 */
import {
  type CountryGrammar,
  digits,
  letter,
  letters,
  type PlateFormat,
  type PlateLayout,
  type Slot,
  shape,
  word,
  words,
} from "../format.ts";
import { germanyDistricts } from "./germany-districts.ts";

const both: readonly PlateLayout[] = ["one-line", "two-line"];
const without = (left: string): string => [...letter].filter((each) => !left.includes(each)).join("");

interface Form {
  readonly id: string;
  readonly slots: readonly Slot[] | string;
  readonly share: number;
}

const country = (code: string, ...forms: readonly Form[]): CountryGrammar => ({
  country: code,
  formats: forms.map(
    ({ id, slots, share }): PlateFormat => ({
      id,
      slots: typeof slots === "string" ? shape(slots) : slots,
      layouts: both,
      share,
    }),
  ),
});

/** Letters of a plate's own series in Romania: no Q. */
const romanianSeries = letters(3, 3, without("Q"));
const romanianCounty = words(
  "AB AR AG BC BH BN BT BV BR BZ CS CL CJ CT CV DB DJ GL GR GJ HR HD IL IS IF MM MH MS NT OT PH SM SJ SB SV TR TM TL VS VL VN",
);

const romania = country(
  "ro",
  { id: "county", slots: [romanianCounty, digits(2), romanianSeries], share: 0.6 },
  { id: "bucharest", slots: [word("B"), digits(2, 3), romanianSeries], share: 0.3 },
  // Provisional and trade plates.
  { id: "temporary", slots: [words("B AB AR AG BC BH BV BZ CJ CT DJ GL IF IS PH SB TM TR"), digits(5, 6)], share: 0.1 },
);

const germany = country(
  "de",
  { id: "district", slots: [words(germanyDistricts), letters(1, 2), digits(1, 4)], share: 0.96 },
  {
    id: "electric-or-historic",
    slots: [words(germanyDistricts), letters(1, 2), digits(1, 4), word("E", "H")],
    share: 0.04,
  },
);

const sivLetters = without("IOU");
const france = country(
  "fr",
  { id: "national", slots: [letters(2, 2, sivLetters), digits(3), letters(2, 2, sivLetters)], share: 0.9 },
  { id: "department", slots: [digits(2, 4), letters(2, 3, without("IOQU")), digits(2)], share: 0.1 },
);

const italianLetters = without("IOQU");
const italy = country(
  "it",
  { id: "national", slots: [letters(2, 2, italianLetters), digits(3), letters(2, 2, italianLetters)], share: 0.97 },
  { id: "motorcycle", slots: [letters(2, 2, italianLetters), digits(5)], share: 0.03 },
);

const spain = country(
  "es",
  { id: "national", slots: [digits(4), letters(3, 3, "BCDFGHJKLMNPRSTVWXYZ")], share: 0.9 },
  {
    id: "provincial",
    slots: [
      words(
        "A AL AV B BA BI BU C CA CC CE CO CR CS CU GC GE GI GR GU H HU IB J L LE LO LU M MA ML MU NA O OR OU P PM PO S SA SE SG SO SS T TE TF TO V VA VI Z ZA",
      ),
      digits(4),
      letters(1, 2),
    ],
    share: 0.1,
  },
);

const britain = country(
  "gb",
  { id: "current", slots: [letters(2, 2, without("IQZ")), digits(2), letters(3, 3, without("IQ"))], share: 0.85 },
  { id: "prefix", slots: [letters(1, 1, without("IOQUZ")), digits(1, 3), letters(3, 3, without("IQZ"))], share: 0.07 },
  { id: "northern-ireland", slots: [letters(3, 3, without("Q")), digits(1, 4)], share: 0.08 },
);

/** The first letter stands for the voivodeship; the letters after it for the district. */
const polishPlace = [letters(1, 1, "BCDEFGKLNOPRSTWZ"), letters(1, 2, without("Q"))];
const polishSeries = "ACEFGHJKLMNPRSTUVWXY";
const poland = country(
  "pl",
  { id: "digits", slots: [...polishPlace, digits(5)], share: 0.35 },
  { id: "digits-letter", slots: [...polishPlace, digits(4), letters(1, 1, polishSeries)], share: 0.15 },
  { id: "digits-letters", slots: [...polishPlace, digits(3), letters(2, 2, polishSeries)], share: 0.15 },
  { id: "letter-first", slots: [...polishPlace, letters(1, 1, polishSeries), digits(3, 4)], share: 0.1 },
  { id: "letters-first", slots: [...polishPlace, letters(2, 2, polishSeries), digits(2, 3)], share: 0.1 },
  { id: "letter-inside", slots: [...polishPlace, digits(2), letters(1, 1, polishSeries), digits(2)], share: 0.1 },
  { id: "letter-near-end", slots: [...polishPlace, digits(1), letters(1, 1, polishSeries), digits(3)], share: 0.05 },
);

const dutchLetters = "BDFGHJKLMNPRSTVWXZ";
const dutch = (form: string): readonly Slot[] =>
  shape(form).map((slot) =>
    slot.kind === "run" && slot.symbols === letter ? { ...slot, symbols: dutchLetters } : slot,
  );
const netherlands = country(
  "nl",
  ...[
    "##AAA#",
    "#AAA##",
    "AA###A",
    "A###AA",
    "AAA##A",
    "##AA##",
    "##AAAA",
    "AAAA##",
    "AA##AA",
    "AA####",
    "####AA",
    "A##AAA",
  ].map((form) => ({ id: form.toLowerCase(), slots: dutch(form), share: 1 / 12 })),
);

const czechLetters = without("GOQW");
const czechia = country("cz", {
  id: "regional",
  slots: [
    { kind: "run", symbols: "123456789", least: 1, most: 1 },
    letters(1, 1, "ABCEHJKLMPSTUZ"),
    { kind: "run", symbols: `0123456789${czechLetters}`, least: 1, most: 1 },
    digits(4),
  ],
  share: 1,
});

const belgium = country(
  "be",
  { id: "current", slots: [word("1", "2"), letters(3, 3, without("IMOQW")), digits(3)], share: 0.85 },
  { id: "older", slots: [letters(3), digits(3)], share: 0.15 },
);

const portugal = country(
  "pt",
  { id: "current", slots: "AA##AA", share: 0.4 },
  { id: "letters-inside", slots: "##AA##", share: 0.3 },
  { id: "letters-last", slots: "####AA", share: 0.2 },
  { id: "letters-first", slots: "AA####", share: 0.1 },
);

const slovakPlace = letters(2, 2, without("QW"));
const slovakia = country(
  "sk",
  { id: "district", slots: [slovakPlace, digits(3), letters(2, 2, without("QW"))], share: 0.95 },
  { id: "trailer", slots: [slovakPlace, digits(3), letters(1), digits(1)], share: 0.05 },
);

const hungary = country(
  "hu",
  { id: "older", slots: "AAA###", share: 0.75 },
  { id: "current", slots: "AAAA###", share: 0.25 },
);

const austria = country(
  "at",
  { id: "digits-letters", slots: [letters(1, 2), digits(1, 5), letters(1, 3)], share: 0.85 },
  { id: "letters-digits", slots: [letters(1, 2), letters(2, 5), digits(1, 3)], share: 0.15 },
);

const swissCantons = words("AG AI AR BE BL BS FR GE GL GR JU LU NE NW OW SG SH SO SZ TG TI UR VD VS ZG ZH");
const switzerland = country("ch", { id: "canton", slots: [swissCantons, digits(3, 6)], share: 1 });

const croatianPlace = words(
  "BJ BM CK DA DE DJ DU GS IM KA KC KR KT KZ MA NA NG OG OS PU PZ RI SB SI SK SL ST TK VD VK VT VU VZ ZD ZG ZU",
);
const croatia = country("hr", {
  id: "town",
  slots: [croatianPlace, digits(3, 4), letters(1, 2, without("QWXY"))],
  share: 1,
});

const slovenia = country("si", {
  id: "region",
  slots: [
    words("CE GO KK KP KR LJ MB MS NM PO SG"),
    { kind: "run", symbols: `0123456789${letter}`, least: 5, most: 5 },
  ],
  share: 1,
});

const bulgarianLetters = "ABCEHKMOPTXY";
const bulgaria = country("bg", {
  id: "region",
  slots: [
    words("A B BH BP BT C CA CB CC CH CM CO CT E EB EH H K KH M OB P PA PB PK PP T TX X Y"),
    digits(4),
    letters(2, 2, bulgarianLetters),
  ],
  share: 1,
});

const greece = country("gr", {
  id: "national",
  slots: [letters(3, 3, "ABEHIKMNOPTXYZ"), digits(4)],
  share: 1,
});

const simple = (code: string, ...forms: readonly string[]): CountryGrammar =>
  country(code, ...forms.map((form) => ({ id: form.toLowerCase(), slots: form, share: 1 / forms.length })));

const sweden = country("se", {
  id: "national",
  slots: [
    letters(3, 3, without("IQV")),
    digits(2),
    { kind: "run", symbols: `0123456789${without("IOQV")}`, least: 1, most: 1 },
  ],
  share: 1,
});

const ireland = country("ie", {
  id: "county",
  slots: [
    digits(2, 3),
    words("C CE CN CW D DL G KE KK KY L LD LH LK LM LS MH MN MO OY RN SO T TN TS W WD WH WW WX"),
    digits(1, 6),
  ],
  share: 1,
});

/** 81 provinces. */
const turkishProvinces = Array.from({ length: 81 }, (_, i) => String(i + 1).padStart(2, "0"));
const turkey = country("tr", {
  id: "province",
  slots: [word(...turkishProvinces), letters(1, 3, without("QWX")), digits(2, 4)],
  share: 1,
});

export interface WeightedCountry {
  readonly grammar: CountryGrammar;
  /** How likely one of its plates is among plates of the region; only relations matter. */
  readonly weight: number;
}

/** Weights follow the fleets, roughly. */
export const europe: readonly WeightedCountry[] = [
  { grammar: germany, weight: 16 },
  { grammar: france, weight: 12 },
  { grammar: italy, weight: 12 },
  { grammar: britain, weight: 10 },
  { grammar: spain, weight: 8 },
  { grammar: poland, weight: 8 },
  { grammar: romania, weight: 5 },
  { grammar: netherlands, weight: 4 },
  { grammar: czechia, weight: 3 },
  { grammar: belgium, weight: 3 },
  { grammar: portugal, weight: 3 },
  { grammar: hungary, weight: 3 },
  { grammar: austria, weight: 3 },
  { grammar: switzerland, weight: 2 },
  { grammar: sweden, weight: 2 },
  { grammar: slovakia, weight: 2 },
  { grammar: bulgaria, weight: 2 },
  { grammar: croatia, weight: 2 },
  { grammar: greece, weight: 2 },
  { grammar: slovenia, weight: 1 },
  { grammar: ireland, weight: 1 },
  { grammar: simple("dk", "AA#####"), weight: 1 },
  { grammar: simple("no", "AA#####"), weight: 1 },
  { grammar: simple("fi", "AAA###"), weight: 1 },
  { grammar: simple("lt", "AAA###"), weight: 1 },
  { grammar: simple("ee", "###AAA"), weight: 0.5 },
  { grammar: simple("lv", "AA####"), weight: 0.5 },
  { grammar: simple("lu", "AA####"), weight: 0.3 },
  { grammar: simple("mt", "AAA###"), weight: 0.2 },
  { grammar: simple("cy", "AAA###"), weight: 0.2 },
  { grammar: simple("ua", "AA####AA"), weight: 2 },
  { grammar: simple("rs", "AA###AA", "AA####AA"), weight: 1 },
  { grammar: simple("ba", "A##A###", "###A###"), weight: 1 },
  { grammar: turkey, weight: 2 },
  { grammar: simple("by", "####AA#"), weight: 0.5 },
  { grammar: simple("md", "AAA###"), weight: 0.5 },
  { grammar: simple("mk", "AA####AA"), weight: 0.3 },
  { grammar: simple("al", "AA###AA"), weight: 0.3 },
  { grammar: simple("me", "AAAA###"), weight: 0.2 },
  { grammar: simple("is", "AAA##", "AA###"), weight: 0.1 },
];
