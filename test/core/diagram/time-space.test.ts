import fc from "fast-check";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { narrower } from "../../../core/bands/corridor.ts";
import { widestBands } from "../../../core/bands/exact.ts";
import { bandPicture } from "../../../core/diagram/from-bands.ts";
import { roadDocumentSchema, roadPicture } from "../../../core/diagram/from-road.ts";
import type { TimeSpacePicture } from "../../../core/diagram/picture.ts";
import { timeSpaceSvg } from "../../../core/diagram/time-space.ts";
import { randomStreet } from "../bands/random-street.ts";

interface Drawn {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

function elementsOf(svg: string): readonly Drawn[] {
  const found: Drawn[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => found.push({ name, attributes: attributes as Drawn["attributes"] }));
  parser.write(svg).close();
  return found;
}

const one = { green_out_s: 30, green_in_s: 30, phasings: [{ name: null, inbound_after_s: 0 }] };
const street = { cycle_s: 60, signals: [one, one], out_s: [60], in_s: [60] };
const picture = bandPicture({
  title: "Hùng Vương <1> & \u0007 2",
  corridor: street,
  names: ["a", "b"],
  positions_m: [0, 900],
  offsets_s: [0, 0],
  phasings: [0, 0],
});

describe("the time-space diagram", () => {
  test("shows both bands as wide as they are driven, once for every cycle that shows", () => {
    expect(picture.outbound).toEqual({ width_s: 30, passes_s: [0, 60] });
    expect(picture.inbound).toEqual({ width_s: 30, passes_s: [60, 0] });
    const elements = elementsOf(timeSpaceSvg(picture, { cycles: 3, width_px: 900 }));
    const bands = elements.filter(({ name }) => name === "polygon");
    // A band lives 90 s: with 180 s shown, that of the cycle before still shows, both ways.
    expect(bands).toHaveLength(8);
    const greens = elements.filter(({ attributes }) => attributes["fill"] === "#1a9850");
    expect(greens).toHaveLength(12);
    // 600 px for 180 s: a green of 30 s is 100 px.
    expect(greens.every(({ attributes }) => attributes["width"] === "100")).toBe(true);
  });

  test("writes names as text and speaks Vietnamese", () => {
    const svg = timeSpaceSvg(picture, { language: "vi" });
    expect(svg).toContain("Hùng Vương &lt;1&gt; &amp;  2");
    expect(svg).toContain("làn sóng xanh chiều đi: 30 s");
    const none: TimeSpacePicture = { ...picture, inbound: null };
    expect(timeSpaceSvg(none)).toContain("green band inbound: none");
  });

  test("draws vehicles where they drove", () => {
    const points = [
      { at_s: 0, at_m: 0 },
      { at_s: 60, at_m: 900 },
    ];
    const lines = elementsOf(timeSpaceSvg({ ...picture, trajectories: [{ points }] })).filter(
      ({ name }) => name === "polyline",
    );
    expect(lines[0]?.attributes["points"]).toBe("190,224 540,64");
  });

  test("draws a plan's main road by driving time", () => {
    const green = { start_s: 5, green_s: 30 };
    const light = { offset_s: 0, outbound: green, inbound: green };
    const lights = [
      { ...light, travel_out_s: 0, travel_in_s: 0 },
      { ...light, travel_out_s: 60, travel_in_s: 60 },
    ];
    const road = roadDocumentSchema.parse({ scenario: "two", bands: [{ signals: ["J1", "J2"], cycle_s: 60, lights }] });
    const drawn = roadPicture(road);
    expect(drawn.outbound).toEqual({ width_s: 30, passes_s: [5, 65] });
    expect(timeSpaceSvg(drawn)).toMatch(/driving time \(s\)[\s\S]*>60 s</);
    expect(roadDocumentSchema.safeParse({ scenario: "none", bands: [] }).success).toBe(false);
  });

  test("is sound XML with finite numbers for any street, near or far its lights", () => {
    fc.assert(
      fc.property(
        randomStreet(12),
        fc.array(fc.integer({ min: 0, max: 900 })),
        fc.string(),
        (corridor, gaps, title) => {
          const { offsets_s, phasings } = widestBands(corridor, narrower(1, 1));
          let at_m = 0;
          const positions_m = corridor.signals.map((_, i) => {
            at_m += gaps[i] ?? 0;
            return at_m;
          });
          const names = corridor.signals.map(() => title);
          const svg = timeSpaceSvg(bandPicture({ title, corridor, names, positions_m, offsets_s, phasings }));
          expect(elementsOf(svg).length).toBeGreaterThan(10);
          expect(svg).not.toMatch(/NaN|Infinity|undefined/);
        },
      ),
      { numRuns: 100 },
    );
  });
});
