import { describe, expect, test } from "vitest";
import { linesFileSchema, modelSchema } from "../../../../detectors/schema.ts";

const problems = (section: unknown) =>
  modelSchema.safeParse(section).error?.issues.map(({ message, path }) => [message, path.join(".")]) ?? [];

describe("how a camera sees, as it is written", () => {
  test("is tiles in columns and rows, or by the height of a motorcycle", () => {
    expect(problems({ tiles: { columns: 2, rows: 1 } })).toEqual([]);
    expect(problems({ tiles: { motorcycle_height: 0.06 } })).toEqual([]);
    expect(modelSchema.parse({ tiles: { columns: 2, rows: 1 } }).tiles?.overlap).toBe(0.2);
  });

  test.each([
    [{}],
    [{ columns: 2 }],
    [{ columns: 2, rows: 1, motorcycle_height: 0.1 }],
    [{ rows: 2, motorcycle_height: 0.1 }],
  ])("is not %j", (tiles) => {
    expect(problems({ tiles })).toEqual([["TILES_UNCLEAR", "tiles"]]);
  });

  test("has no tiles without a network", () => {
    expect(problems({ use: "background", tiles: { columns: 2, rows: 1 } })).toEqual([
      ["BACKGROUND_NEEDS_NO_TILES", "tiles"],
    ]);
  });

  test("may stand in a lines file, which needs none of it", () => {
    const lines = [{ id: "line", from: [0, 0.5], to: [1, 0.5] }];
    expect(linesFileSchema.parse({ lines })).toEqual({ lines });
    const area = [
      [0, 0],
      [1, 0],
      [1, 1],
    ];
    const whole = { lines, regions: [{ kind: "watch", area }], model: { use: "background" } };
    expect(linesFileSchema.safeParse(whole).success).toBe(true);
    expect(linesFileSchema.safeParse({ lines, regions: [{ kind: "watch", area: area.slice(1) }] }).success).toBe(false);
  });
});
