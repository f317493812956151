import { describe, expect, test } from "vitest";
import { type StagedScene, stagedCycle, stagedScenes } from "../../support/staged-scenes.ts";
import { filmStreet, judgeStreet } from "../../support/staged-street.ts";

const per_s = 15;
const picture_ms = 1000 / per_s;

/**
 * How far the moment may be off: a picture. An area that somebody enters below the picture's lower edge is entered when they are first
 * believed; the moment of coming to stand is reckoned from how the vehicle braked.
 */
const tolerance_ms: Readonly<Record<string, number>> = {
  red_light: picture_ms,
  lane_line: picture_ms,
  lane_class: 2 * picture_ms,
  wrong_way: picture_ms,
  stop_line: 1.5 * picture_ms,
  stopping: 1.5 * picture_ms,
};

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
        expect(Math.abs((told[index]?.at_ms ?? 0) - at_s * 1000)).toBeLessThan(tolerance_ms[scene.kind] ?? 0);
      }
      expect(refused).toEqual([]);
    }
  });
});
