import { describe, expect, it } from "vitest";
import { Clearing, HeldInside, type InTheWay, surelyCleared_s } from "../../../core/adaptive/held-inside.ts";

/** For how many seconds everybody stays at red, if this is seen inside, second by second, and the last of it for ever. */
function red_s(clearing: Clearing, seen: readonly InTheWay[], inTime = true): number {
  for (let s = 0; s < 100; s += 1) {
    if (!clearing.waits(seen[Math.min(s, seen.length - 1)] as InTheWay, 1, inTime)) return s;
  }
  return Number.POSITIVE_INFINITY;
}

const times = (count: number, what: InTheWay): InTheWay[] => Array.from({ length: count }, () => what);

describe("green for the next stage", () => {
  it("comes at once when nobody is inside", () => {
    expect(red_s(new Clearing(), ["nobody"])).toBe(0);
  });

  it("waits until one who began late is out, however slowly he goes", () => {
    expect(red_s(new Clearing(), [...times(2, "standing"), ...times(9, "leaving"), "nobody"])).toBe(11);
  });

  it("waits a few seconds only for those who stand, all their pauses together", () => {
    expect(red_s(new Clearing(), ["standing"])).toBe(surelyCleared_s);
    expect(red_s(new Clearing(), [...times(3, "standing"), "leaving", "standing"])).toBe(surelyCleared_s + 1);
  });

  it("comes in the end though somebody always seems to leave", () => {
    expect(red_s(new Clearing(), ["leaving"])).toBe(20);
  });

  it("does not wait longer than was reckoned with where others would wait too long for theirs", () => {
    expect(red_s(new Clearing(), ["leaving"], false)).toBe(surelyCleared_s);
  });

  it("is waited for anew each time", () => {
    const clearing = new Clearing();
    red_s(clearing, ["standing"]);
    expect(red_s(clearing, ["standing"])).toBe(0);
    clearing.end();
    expect(red_s(clearing, ["standing"])).toBe(surelyCleared_s);
  });
});

describe("a stage", () => {
  it("is kept ten seconds at most for somebody who is held inside", () => {
    const held = new HeldInside();
    const kept = Array.from({ length: 12 }, () => held.keeps(true, 1));
    expect(kept.filter(Boolean)).toHaveLength(9);
    expect(held.keeps(false, 1)).toBe(false);
    expect(held.keeps(true, 1)).toBe(true);
  });
});
