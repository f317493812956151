/** What one part names in another is there, and belongs to it. */
import { byLikeness } from "../../core/config/nearest.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import type { Draft } from "./draft.ts";

/** The likeliest three, so that a slip is mended from the message alone. */
export function known(id: string, ids: Iterable<string>): string {
  const likeliest = byLikeness(
    id,
    [...ids].filter((each) => each !== ""),
  );
  const more = likeliest.length > 3 ? ", …" : "";
  return likeliest.length === 0 ? "-" : likeliest.slice(0, 3).join(", ") + more;
}

const codes = {
  intersections: "UNKNOWN_INTERSECTION",
  corridors: "UNKNOWN_CORRIDOR",
  lanes: "UNKNOWN_LANE",
} as const;

function missing(draft: Draft, kind: keyof typeof codes, id: string, path: string): readonly Problem[] {
  const declared = draft.declared[kind];
  return declared.has(id) ? [] : [problem(codes[kind], { id, known: known(id, declared.keys()) }, { path })];
}

/** A phase that a corridor coordinates must exist where it is coordinated. */
function corridorPhases(draft: Draft): readonly Problem[] {
  const phases = new Map(draft.intersections.map(({ value }) => [value.id, value.signal.phases.map((p) => p.number)]));
  return draft.corridors.flatMap(({ path, value }) =>
    value.intersections.flatMap((member, index) => {
      const numbers = phases.get(member.id);
      if (numbers === undefined) return [];
      return (["outbound_phase", "inbound_phase"] as const)
        .filter((key) => !numbers.includes(member[key]))
        .map((key) => {
          const words = { intersection: member.id, phase: member[key], known: numbers.join(", ") };
          return problem("UNKNOWN_PHASE", words, { path: `${path}.intersections.${index}.${key}` });
        });
    }),
  );
}

function cameraLanes(draft: Draft): readonly Problem[] {
  return draft.cameras.flatMap(({ path, value }) =>
    value.lines.flatMap(({ lane }, index) => {
      const at = `${path}.lines.${index}.lane`;
      if (lane === undefined) return [];
      const owner = draft.declared.lanes.get(lane);
      if (owner === undefined) return missing(draft, "lanes", lane, at);
      if (owner === value.intersection || !draft.declared.intersections.has(value.intersection)) return [];
      return [problem("LANE_ELSEWHERE", { lane, owner, intersection: value.intersection }, { path: at })];
    }),
  );
}

export function checkReferences(draft: Draft): readonly Problem[] {
  const intersectionOf = ({ path, value }: { path: string; value: { intersection: string } }) =>
    missing(draft, "intersections", value.intersection, `${path}.intersection`);
  return [
    ...draft.corridors.flatMap(({ path, value }) =>
      value.intersections.flatMap(({ id }, index) =>
        missing(draft, "intersections", id, `${path}.intersections.${index}.id`),
      ),
    ),
    ...draft.cameras.flatMap(intersectionOf),
    ...draft.controllers.flatMap(intersectionOf),
    ...draft.volumes.flatMap(({ path, value }) => missing(draft, "lanes", value.lane, `${path}.lane`)),
    ...draft.schedules.flatMap(({ path, value }) => missing(draft, "corridors", value.corridor, `${path}.corridor`)),
    ...corridorPhases(draft),
    ...cameraLanes(draft),
  ];
}
