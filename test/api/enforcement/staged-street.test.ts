import { describe, expect, test } from "vitest";
import { type StagedScene, stagedCycle, stagedScenes } from "../../support/staged-scenes.ts";
import { filmStreet, judgeStreet } from "../../support/staged-street.ts";

const per_s = 15;
/** How far the moment of an act may be off. */
const picture_ms = 1000 / per_s;
/** Crossed at 0.6 m/s: a body that is laid 3 cm off is 50 ms off. */
const slow = "lane_line: drifts over the line";

/** Both that a signal is needed for look at every scene with a signal: each act is told by the right one. */
const rulesOf = ({ rule }: StagedScene): readonly Record<string, unknown>[] => {
  const both = [
    { kind: "red_light", line: "stop-line", phase: 2 },
    { kind: "stop_line", line: "stop-line", phase: 2 },
  ];
  return "phase" in rule ? [rule, ...both.filter(({ kind }) => kind !== rule["kind"])] : [rule];
};

describe.each(["oncoming", "receding"])("%s traffic", (way) => {
  test.each(stagedScenes.filter((scene) => scene.way === way))("$title", (scene) => {
    for (const seed of [1, 2, 3]) {
      const street = filmStreet(scene.scripts, { way: scene.way, per_s, wobble: 0.01, seed });
      const { told, refused } = judgeStreet(rulesOf(scene), street, scene.way, stagedCycle);
      const acts = scene.acts.flatMap((at_s, script) => (at_s === null ? [] : [{ script, at_s }]));
      expect(told.map(({ kind, script }) => [kind, script])).toEqual(acts.map(({ script }) => [scene.kind, script]));
      for (const [index, { at_s }] of acts.entries()) {
        expect(Math.abs((told[index]?.at_ms ?? 0) - at_s * 1000)).toBeLessThan(
          (scene.title === slow ? 1.5 : 1) * picture_ms,
        );
      }
      expect(refused).toEqual([]);
    }
  });
});
