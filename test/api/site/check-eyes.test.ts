import { describe, expect, it } from "vitest";
import { checkView, type View } from "../../../api/site/check-eyes.ts";
import { ordinaryCamera, roadMarks, surveyed } from "../../support/street-camera.ts";

type Movement = NonNullable<View["movements"]>[number];

const lines: View["lines"] = [
  { id: "west", from: [0.1, 0.8], to: [0.4, 0.8] },
  { id: "east", from: [0.6, 0.8], to: [0.9, 0.8] },
];
const points = surveyed(ordinaryCamera, roadMarks).map(({ picture, ground_m }) => ({
  picture: [...picture] as [number, number],
  ground_m: [...ground_m] as [number, number],
}));
const through: Movement = { id: "through", entry: "west", exit: "east" };

const found = (view: Partial<View>, path = "cameras.0"): readonly string[] =>
  checkView({ lines, ...view }, path, { lineOf: () => 5 }).map(({ code, at }) => `${code} ${at?.path}`);

describe("what a camera is told about its picture", () => {
  it("may be nothing, or a calibration and movements that hold together", () => {
    expect(found({})).toEqual([]);
    expect(found({ movements: [through], calibration: { picture_px: [1920, 1080], points } })).toEqual([]);
  });

  it("may not be a calibration that none can be, at the point that is wrong", () => {
    const off = points.map((point, i) => (i === 2 ? { ...point, ground_m: [-1, 30] as [number, number] } : point));
    const calibration = { picture_px: [1920, 1080] as [number, number], points: off };
    expect(found({ calibration })).toEqual(["CALIBRATION_INEXACT cameras.0.calibration.points.2"]);
    expect(found({ calibration }, "")).toEqual(["CALIBRATION_INEXACT calibration.points.2"]);
  });

  it("may not be a line in the sky", () => {
    const level = surveyed({ ...ordinaryCamera, down_deg: 12 }, roadMarks).map(({ picture, ground_m }) => ({
      picture: [...picture] as [number, number],
      ground_m: [...ground_m] as [number, number],
    }));
    const sky: View["lines"] = [{ id: "sky", from: [0.2, 0.9], to: [0.2, 0.01] }];
    const calibration = { picture_px: [1920, 1080] as [number, number], points: level };
    expect(found({ lines: sky, calibration })).toEqual(["LINE_ABOVE_HORIZON cameras.0.lines.0.to"]);
  });

  it.each<[string, readonly Movement[], readonly string[]]>([
    ["to nowhere", [{ ...through, exit: "north" }], ["UNKNOWN_LINE cameras.0.movements.0.exit"]],
    ["in a circle", [{ ...through, exit: "west" }], ["MOVEMENT_TURNS_ON_ITSELF cameras.0.movements.0.exit"]],
    ["told twice", [through, { ...through, id: "again" }], ["MOVEMENT_TWICE cameras.0.movements.1.id"]],
  ])("may not be a movement %s", (_, movements, problems) => {
    expect(found({ movements })).toEqual(problems);
  });

  it("may be a U-turn over one line, and a way each way", () => {
    const back: Movement = {
      ...through,
      id: "back",
      exit: "west",
      entry_direction: "forward",
      exit_direction: "backward",
    };
    const other: Movement = { ...through, id: "other", entry: "east", exit: "west" };
    expect(found({ movements: [through, back, other] })).toEqual([]);
  });
});
