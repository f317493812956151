import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { partOf, readLabels } from "../../../detectors/training/labels.ts";
import { accuracyAt, addMatches, noMatches, type ScoredBox } from "../../../detectors/training/score.ts";

const rules = { classes: ["motorcycle", "bicycle"], iou: 0.5 } as const;
const label = (x: number, name: "motorcycle" | "car" = "motorcycle") => ({ class: name, box: [x, 0, 10, 10] }) as const;
const found = (x: number, score: number): ScoredBox => ({ class: "motorcycle", score, box: [x, 0, 10, 10] });

function accuracy(boxes: ScoredBox[], labels: ReturnType<typeof label>[], ignored: ReturnType<typeof label>[] = []) {
  const matches = noMatches();
  addMatches(matches, boxes, labels, ignored, rules);
  return accuracyAt(matches, 0);
}

describe("matching boxes with labels", () => {
  it("counts a box on a label as right and one beside it as wrong", () => {
    expect(accuracy([found(0, 0.9), found(50, 0.8)], [label(1)])).toEqual({ recall: 1, precision: 0.5 });
  });

  it("lets one label be found once", () => {
    expect(accuracy([found(0, 0.9), found(1, 0.8)], [label(0)])).toEqual({ recall: 1, precision: 0.5 });
  });

  it("does not hold against a box what nobody labelled", () => {
    expect(accuracy([found(0, 0.9), found(50, 0.8)], [label(0)], [label(50)])).toEqual({ recall: 1, precision: 1 });
  });

  it("judges only the classes asked for", () => {
    expect(accuracy([found(0, 0.9)], [label(0), label(50, "car")])).toEqual({ recall: 1, precision: 1 });
  });

  it("takes the better box for a label when the surer one fits less", () => {
    const matches = noMatches();
    addMatches(matches, [found(3, 0.9), found(20, 0.8)], [label(0), label(21)], [], rules);
    expect(accuracyAt(matches, 0)).toEqual({ recall: 1, precision: 1 });
  });

  it("leaves out weaker boxes at a higher score", () => {
    const matches = noMatches();
    addMatches(matches, [found(0, 0.9), found(50, 0.3)], [label(0), label(50)], [], rules);
    expect(accuracyAt(matches, 0.5)).toEqual({ recall: 0.5, precision: 1 });
  });
});

describe("labels", () => {
  it("keep the order of the file, and pictures whose boxes are all of other classes", () => {
    const labels = readLabels("image,class,x,y,w,h\nb.jpg,motorcycle,1,2,3,4\na.jpg,other_vehicles,1,2,3,4\n");
    expect([...labels]).toEqual([
      ["b.jpg", [{ class: "motorcycle", box: [1, 2, 3, 4] }]],
      ["a.jpg", []],
    ]);
  });

  it("are halved by frame number: nothing in both halves, nothing lost, nothing earlier in the second", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 99_999 }), { maxLength: 40 }), (numbers) => {
        const names = numbers.map((n) => `street_${n}.jpg`);
        const [first, second] = [partOf(names, "first"), partOf(names, "second")];
        expect([...first, ...second]).toEqual(partOf(names, "all"));
        expect(first.length - second.length).toBeGreaterThanOrEqual(0);
        expect(first.length - second.length).toBeLessThanOrEqual(1);
        const frame = (name: string) => Number(/\d+/.exec(name)?.[0]);
        expect(Math.max(-1, ...first.map(frame))).toBeLessThan(Math.min(100_000, ...second.map(frame)));
      }),
    );
  });
});
