import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { regionsOf } from "../../../core/plates/countries/regions.ts";
import type { Picture } from "../../../detectors/detect/picture.ts";
import { LineReader } from "../../../detectors/plates/line-reader.ts";
import { PlateReader } from "../../../detectors/plates/plate-reader.ts";
import { part, type Quad } from "../../../detectors/plates/quad.ts";
import { rowsAbove } from "../../../detectors/plates/row-above.ts";
import { readLine } from "../../../detectors/plates/text-lines.ts";
import { plateScene } from "../../../detectors/training/plates/plate-scenes.ts";

const street: Picture = { rgb: new Uint8Array(640 * 360 * 3).fill(96), width: 640, height: 360 };
const seen = (rows: readonly string[]) =>
  plateScene({ rows, width_mm: 280, height_mm: 200 }, { height_px: 90, turn: 0.05, blur_px: 0.6, noise: 6 }, street);

/** Where the finder would see the two rows of such a plate. */
const upperRow = (plate: Quad): Quad => part(plate, 0.38, 0.04, 0.62, 0.5);
const lowerRow = (plate: Quad): Quad => part(plate, 0.02, 0.52, 0.98, 0.94);
const runningDown = ([a, b, c, d]: Quad): Quad => [b, c, d, a];

describe("the row above a lower one", () => {
  let reader: LineReader;
  beforeAll(async () => {
    reader = await LineReader.open(1);
  });
  afterAll(() => reader.close());

  /** What is read above the lower row when the finder saw these. */
  async function above(rows: readonly string[], found: readonly ((plate: Quad) => Quad)[]): Promise<string[]> {
    const { picture, quad } = await seen(rows);
    const lines = [];
    for (const place of found) lines.push(await readLine(reader, picture, { quad: place(quad), cut: false }));
    return (await rowsAbove(reader, picture, lines)).map(({ raw }) => raw);
  }

  it("is read where nothing was found, and where its single sign was taken for text that runs down", async () => {
    expect(await above(["B", "MX 4321"], [lowerRow])).toEqual(["B"]);
    expect(await above(["B", "MX 4321"], [lowerRow, (plate) => runningDown(upperRow(plate))])).toEqual(["B"]);
  });

  it("is not read again where it was found", async () => {
    expect(await above(["B", "MX 4321"], [lowerRow, upperRow])).toEqual([]);
  });

  it("is not made up where a plate has one row, nor above words", async () => {
    expect(await above(["", "MX 4321"], [lowerRow])).toEqual([]);
    expect(await above(["B", "HONDA"], [lowerRow])).toEqual([]);
  });
});

it("gives Bucharest's plates of two rows their first sign", async () => {
  const reader = await PlateReader.open({ threads: 1, regions: regionsOf("ro") ?? [] });
  const { picture } = await seen(["B", "123 ABC"]);
  const { readings } = await reader.read(picture, []);
  await reader.close();
  expect(readings).toMatchObject([{ text: "B123ABC", layout: "two-line", country: "ro", readable: true }]);
});
