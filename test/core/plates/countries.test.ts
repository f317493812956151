import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { placeNames, regions, regionsOf } from "../../../core/plates/countries/regions.ts";
import { vietNam } from "../../../core/plates/countries/viet-nam.ts";
import { vietNamProvinces } from "../../../core/plates/countries/viet-nam-provinces.ts";
import { fitsFormat } from "../../../core/plates/format.ts";
import { normalisedPlate, symbolIndex } from "../../../core/plates/symbols.ts";
import { missing, sharedFolder } from "../../support/peers.ts";

const fitting = (country: string, text: string): boolean =>
  (regionsOf(country) ?? []).some(({ formats }) => formats.some(({ format }) => fitsFormat(format, text)));

describe("the plates of a country", () => {
  it.each([
    ["vn", ["43A12345", "43B112345", "29MĐ112345", "80011NG01", "TM1234"], ["46A12345", "43W12345", "43A123456789"]],
    ["ro", ["B21GSB", "B144MOS", "TR95XMI", "B089414"], ["B1GSB", "QQ95XMI"]],
    ["de", ["BAB1234", "MÜXY99", "HHA1E", "WOBVW1"], ["QQA1", "B1234"]],
    ["fr", ["AB123CD"], ["AB123OD"]],
    ["it", ["DX041PJ"], ["DQ041PJ"]],
    ["es", ["1234BCD", "M1234AB"], ["1234AEI"]],
    ["gb", ["AB12CDE", "BD51SMR"], ["A12B3CD"]],
    ["pl", ["WX12345", "PO5F123"], ["IX12345"]],
    ["br", ["ABC1234", "BRA2E19"], ["AB12345"]],
    ["us", ["1ABC234", "ABC1234"], ["ABCDEFGHI"]],
  ])("%s", (country, plates, others) => {
    expect(plates.filter((plate) => !fitting(country, plate))).toEqual([]);
    expect(others.filter((plate) => fitting(country, plate) && country !== "us")).toEqual([]);
  });

  it("are shares and weights that sum to one", () => {
    for (const { id, formats } of regions) {
      expect([id, formats.reduce((sum, { chance }) => sum + chance, 0).toFixed(2)]).toEqual([id, "1.00"]);
    }
  });

  it("are written in plate characters alone", () => {
    const symbols = regions.flatMap(({ formats }) =>
      formats.flatMap(({ format }) =>
        format.slots.flatMap((slot) =>
          slot.kind === "run" ? [...slot.symbols] : slot.words.flatMap((word) => [...word]),
        ),
      ),
    );
    expect([...new Set(symbols)].filter((symbol) => symbolIndex(symbol) === -1)).toEqual([]);
  });

  it("are found by country and by region", () => {
    expect(regionsOf("zz")).toBeNull();
    expect(regionsOf("free")).toBeNull();
    expect(placeNames).toEqual(expect.arrayContaining(["vn", "eu", "ro", "us", "br"]));
    for (const name of placeNames) {
      const sum = regionsOf(name)?.[0]?.formats.reduce((total, { chance }) => total + chance, 0) ?? 0;
      expect([name, sum.toFixed(2)]).toEqual([name, "1.00"]);
    }
  });
});

describe("a plate's text", () => {
  it("is compared in upper case and without what stands between", () => {
    expect(normalisedPlate("43-b1 357.92")).toBe("43B135792");
    expect(normalisedPlate("29-mđ1 123.45")).toBe("29MĐ112345");
    expect(normalisedPlate("M\u0308U\u0308-XY 1")).toBe("MÜXY1");
  });
});

const vectors = join(sharedFolder, "data/vn-plates.json");
/** Our names for the formats of the shared list. */
const names: Readonly<Record<string, string>> = {
  "car-4digit-legacy": "car-four-digits",
  moto: "motorcycle",
  "moto-letter-digit": "motorcycle-letter-digit",
  "moto-state": "motorcycle-state",
  "moto-electric": "motorcycle-electric",
};

describe.skipIf(missing("shared data") || !existsSync(vectors))("Viet Nam's plates as the shared list has them", () => {
  const list = JSON.parse(readFileSync(vectors, "utf8")) as {
    codes: { code: string; issuedBefore2025_07: string; unitFrom2025_07_01: string }[];
    tests: { plate: string; valid: boolean; formats?: string[] }[];
  };

  it("fit exactly the formats that they should", () => {
    for (const { plate, valid, formats = [] } of list.tests) {
      const fits = vietNam.formats.filter((format) => fitsFormat(format, plate)).map(({ id }) => id);
      // Any two letters fit a border economic zone; without its yellow ground that makes no plate.
      const counted = valid ? fits : fits.filter((id) => id !== "economic-zone");
      expect([plate, counted.sort()]).toEqual([plate, formats.map((name) => names[name] ?? name).sort()]);
    }
  });

  it("bear the province codes in use", () => {
    const codes = Object.entries(vietNamProvinces).map(([code, { issuedBefore, unitNow }]) => [
      code,
      issuedBefore,
      unitNow,
    ]);
    expect(codes.sort()).toEqual(
      list.codes.map((each) => [each.code, each.issuedBefore2025_07, each.unitFrom2025_07_01]).sort(),
    );
  });
});
