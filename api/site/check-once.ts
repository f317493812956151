/** What may be stated only once: one channel a lane, one volume a lane, one line a lane, one controller an intersection. */
import { type Problem, type ProblemWords, problem } from "../../core/problems/problem.ts";
import type { Draft } from "./draft.ts";

interface Claim {
  readonly what: string | number;
  readonly path: string;
}

type Code = "CHANNEL_TAKEN" | "VOLUME_TWICE" | "LANE_COUNTED_TWICE" | "SECOND_CONTROLLER" | "CORRIDOR_REPEATS";

function claimedOnce(claims: readonly Claim[], code: Code, word: string, draft: Draft): readonly Problem[] {
  const firsts = new Map<string | number, string>();
  return claims.flatMap(({ what, path }) => {
    const first = firsts.get(what);
    if (first === undefined) {
      firsts.set(what, path);
      return [];
    }
    const words: ProblemWords = { [word]: what, line: draft.lineOf(first) };
    return [problem(code, words, { path })];
  });
}

export function checkOnce(draft: Draft): readonly Problem[] {
  const channels = draft.intersections.flatMap(({ path, value }) => {
    const claims = value.approaches.flatMap((approach, a) =>
      approach.lanes.map((lane, l) => ({
        what: lane.detector_channel,
        path: `${path}.approaches.${a}.lanes.${l}.detector_channel`,
      })),
    );
    return claimedOnce(claims, "CHANNEL_TAKEN", "channel", draft);
  });
  const members = draft.corridors.flatMap(({ path, value }) => {
    const claims = value.intersections.map(({ id }, index) => ({
      what: id,
      path: `${path}.intersections.${index}.id`,
    }));
    return claimedOnce(claims, "CORRIDOR_REPEATS", "intersection", draft);
  });
  const volumes = draft.volumes.map(({ path, value }) => ({ what: value.lane, path: `${path}.lane` }));
  const counted = draft.cameras.flatMap(({ path, value }) =>
    value.lines.flatMap(({ lane }, index) =>
      lane === undefined ? [] : [{ what: lane, path: `${path}.lines.${index}.lane` }],
    ),
  );
  const controllers = draft.controllers.map(({ path, value }) => ({
    what: value.intersection,
    path: `${path}.intersection`,
  }));
  return [
    ...channels,
    ...members,
    ...claimedOnce(volumes, "VOLUME_TWICE", "lane", draft),
    ...claimedOnce(counted, "LANE_COUNTED_TWICE", "lane", draft),
    ...claimedOnce(controllers, "SECOND_CONTROLLER", "intersection", draft),
  ];
}
