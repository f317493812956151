import { describe, expect, it } from "vitest";
import { regions, regionsOf } from "../../../core/plates/countries/regions.ts";
import { groundOf, stripOf } from "../../../core/plates/ground.ts";
import { PlateRanking } from "../../../core/plates/ranking.ts";
import { seen } from "./drawn-lattice.ts";

const anywhere = new PlateRanking(regions);
const inVietNam = new PlateRanking(regionsOf("vn") ?? []);

const inRomania = new PlateRanking(regionsOf("ro") ?? []);

const best = (ranking: PlateRanking, ...lines: readonly string[]) => ranking.rank([lines.map((line) => seen(line))])[0];

describe("choosing a plate's text", () => {
  it("lets the grammar decide between lookalikes, whichever the reader preferred", () => {
    expect(best(inVietNam, "5[I1]H[O0]4[O0]7[B8]")?.text).toBe("51H04078");
    expect(best(inVietNam, "75[8B][I1]", "3[S5]79[Z2]")?.text).toBe("75B135792");
    expect(best(inRomania, "[8B]2[I1]G[5S][8B]")?.text).toBe("B21GSB");
  });

  it("names the country, or the region where several would do", () => {
    expect(best(anywhere, "51H32116")?.country).toBe("vn");
    expect(best(anywhere, "TR95XMI")?.country).toBe("ro");
    expect(best(anywhere, "BRA2E19")?.country).toBe("br");
    expect(best(anywhere, "7ABC234")?.country).toBe("us");
    expect(best(anywhere, "AB123CD")?.country).toBe("eu");
  });

  it("knows two-line plates by where their lines break", () => {
    expect(best(anywhere, "60B9", "33994")).toMatchObject({
      text: "60B933994",
      country: "vn",
      lines: ["60B9", "33994"],
    });
    expect(best(anywhere, "ABC", "1D23")).toMatchObject({ text: "ABC1D23", country: "br" });
    expect(best(inVietNam, "60B93", "3994")?.logWeight ?? -9).toBeLessThan(4);
  });

  it("leaves out signs beside the text, such as a country's band", () => {
    expect(best(inRomania, "[IL]B144MOS")?.text).toBe("B144MOS");
    expect(best(inVietNam, "51H32116I")?.text).toBe("51H32116");
  });

  it("finds words unlikely, and says nothing where nothing fits", () => {
    const plate = best(anywhere, "51H32116")?.logWeight ?? 0;
    for (const word of ["HONDA", "POLICE", "ONLY"]) {
      expect(best(anywhere, word)?.logWeight ?? Number.NEGATIVE_INFINITY).toBeLessThan(plate - 10);
    }
    expect(best(inVietNam, "0905123456")).toBeUndefined();
  });

  it("is undecided about what nobody could tell apart", () => {
    const [first, second] = new PlateRanking(regionsOf("br") ?? []).rank([[seen("ABC1[1I]23")]]);
    expect([first?.text, second?.text].sort()).toEqual(["ABC1123", "ABC1I23"]);
    expect(first?.share).toBeLessThan(0.9);
  });

  it("takes a converted plate of Brazil for likelier than one of a letter that no digit became", () => {
    const inBrazil = new PlateRanking(regionsOf("br") ?? []);
    const share = (letter: string) => inBrazil.rank([[seen(`ABC1${letter}23`)]])[0]?.logWeight ?? Number.NaN;
    // Ten letters for a fifth of all plates, beside 26 for three tenths.
    expect(share("I") - share("M")).toBeGreaterThan(0.5);
  });

  it("takes several views together", () => {
    const blurred = seen("51H3[26]1[17]6");
    const clear = seen("51H32116");
    const alone = inVietNam.rank([[blurred]])[0];
    const together = inVietNam.rank([[blurred], [clear]])[0];
    expect(together?.text).toBe("51H32116");
    expect(together?.share).toBeGreaterThan(alone?.share ?? 1);
  });

  it("expects a military plate on red ground", () => {
    const lines = [[seen("TM1234")]];
    const [onRed] = inVietNam.rank(lines, { ground: "red", strip: "none" });
    const [onWhite] = inVietNam.rank(lines, { ground: "white", strip: "none" });
    expect(onRed?.logWeight).toBeGreaterThan((onWhite?.logWeight ?? 0) + 2);
  });
});

describe("the strip of Mercosul's plates", () => {
  const inBrazil = new PlateRanking(regionsOf("br") ?? []);
  const lines = [[seen("HGI9[0D]32")]];

  it("tells that a letter stands where an older plate has a digit", () => {
    expect(inBrazil.rank(lines, { ground: "white", strip: "blue" })[0]?.text).toBe("HGI9D32");
    expect(inBrazil.rank(lines, { ground: "white", strip: "none" })[0]?.text).toBe("HGI9032");
  });

  it("is blue in two bands at least, where there is light enough to tell", () => {
    const [white, blue, black] = [
      [230, 231, 229],
      [20, 67, 138],
      [9, 10, 30],
    ] as const;
    expect(stripOf([white, blue, blue, black])).toBe("blue");
    expect(stripOf([white, blue, white, black])).toBe("none");
    expect(stripOf([black, black])).toBe("unknown");
  });
});

describe("a plate's ground", () => {
  it.each([
    ["white", [240, 240, 238], true],
    // The tail lamps of the car ahead.
    ["white", [252, 170, 200], true],
    ["yellow", [230, 180, 30], true],
    ["blue", [20, 66, 160], false],
    ["red", [170, 25, 30], false],
    ["unknown", [90, 90, 95], false],
  ] as const)("is %s", (ground, colour, darkSigns) => {
    expect(groundOf(colour, darkSigns)).toBe(ground);
  });
});
