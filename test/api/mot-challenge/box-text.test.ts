import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseBoxText } from "../../../api/mot-challenge/box-text.ts";
import { positioned } from "../../../core/problems/problem.ts";

function boxes(text: string, kind: "ground truth" | "tracks" = "tracks") {
  const read = parseBoxText(text, kind, "a.txt");
  if (!read.ok) throw new Error(read.problems.map((p) => positioned(p)).join("\n"));
  return read.value;
}

function mistakes(text: string, kind: "ground truth" | "tracks" = "tracks"): string[] {
  const read = parseBoxText(text, kind, "a.txt");
  return read.ok ? [] : read.problems.map((p) => positioned(p));
}

describe("MOTChallenge text", () => {
  it("is read whatever stands after the box, between the columns or at the end of a line", () => {
    const box = { frame: 3, id: 7, box: [1.5, -2, 30, 40] };
    for (const line of [
      "3,7,1.5,-2,30,40",
      "3,7,1.5,-2,30,40,0.9,-1,-1,-1",
      "3, 7, 1.5, -2, 30, 40, 1, car, 0.3",
      "3 7 1.5 -2 30 40 1 1 1",
      "3,7,1.5,-2,30,40,1,\r",
      "\n  3.0,7.0,1.5,-2,30,40  \n\n",
    ]) {
      expect(boxes(line)).toEqual([box]);
    }
    expect(boxes("")).toEqual([]);
  });

  it("gives back every box that was written", () => {
    const box = fc.record({
      frame: fc.integer({ min: 1 }),
      box: fc.tuple(fc.integer(), fc.integer(), fc.nat(), fc.nat()),
    });
    fc.assert(
      fc.property(fc.array(box), (rows) => {
        const written = rows.map((row, id) => ({ ...row, id }));
        expect(boxes(written.map((row) => [row.frame, row.id, ...row.box].join(",")).join("\n"))).toEqual(written);
      }),
    );
  });

  it("leaves out the truth that is marked 0, and only in the truth", () => {
    const text = "1,1,0,0,5,5,1,1,1\n1,2,0,0,5,5,0,1,1\n1,3,0,0,5,5,-1,1,1\n1,4,0,0,5,5";
    expect(boxes(text, "ground truth").map(({ id }) => id)).toEqual([1, 3, 4]);
    expect(boxes(text, "tracks").map(({ id }) => id)).toEqual([1, 2, 3, 4]);
  });

  it("tells every mistake with its line and column name", () => {
    expect(mistakes("1,1,0,0,5,5\n1,2,0,0,5\n0,3,0,0,5,5\n1,-1,x,,5,5\n2,1.5,0,0,-5,5\n1,4,0,Infinity,5,5\n")).toEqual([
      "a.txt:2  has 5 columns; frame, id, left, top, width and height are needed",
      'a.txt:3  frame  must be a whole number from 1 (got "0")',
      'a.txt:4  id  must be a whole number from 0 (got "-1")',
      'a.txt:4  left  must be a number (got "x")',
      'a.txt:4  top  must be a number (got "")',
      'a.txt:5  id  must be a whole number from 0 (got "1.5")',
      'a.txt:5  width  must not be negative (got "-5")',
      'a.txt:6  top  must be a number (got "Infinity")',
    ]);
    expect(mistakes("1,1,0,0,5,5,yes", "ground truth")).toEqual(['a.txt:1  conf  must be a number (got "yes")']);
  });

  it("does not let an object be in two places at once, marked 0 or not", () => {
    expect(mistakes("1,1,0,0,5,5,0\n2,1,0,0,5,5,1\n1,1,9,9,5,5,1\n", "ground truth")).toEqual([
      "a.txt:3  id  id 1 already stands in frame 1 at line 1; an object is in one place at a time",
    ]);
  });

  it("says of a file of another kind how many mistakes it has, and tells a hundred", () => {
    const told = mistakes("frame;id\n".repeat(250));
    expect(told).toHaveLength(101);
    expect(told[100]).toBe("a.txt  150 more mistakes follow in this file; is it MOTChallenge text?");
  });
});
