/** Places on the picture, on the map and along the road. */
import { type Problem, problem } from "../../core/problems/problem.ts";
import type { CountingLine } from "../../detectors/index.ts";
import type { Draft } from "./draft.ts";

/** `path` is that of the list the lines stand in. */
export function checkLineLengths(lines: readonly CountingLine[], path: string): readonly Problem[] {
  return lines.flatMap(({ from, to }, index) =>
    from[0] === to[0] && from[1] === to[1] ? [problem("ZERO_LENGTH_LINE", {}, { path: `${path}.${index}.to` })] : [],
  );
}

/** `user:password@` or `user@` before the host. */
const holdsCredentials = (source: string): boolean => /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*@/i.test(source);

function checkSources(draft: Draft): readonly Problem[] {
  return draft.cameras.flatMap(({ path, value }) => {
    const at = { path: `${path}.source` };
    if (value.source === undefined) return [];
    if (holdsCredentials(value.source)) return [problem("CREDENTIALS_IN_FILE", {}, at)];
    return value.source_env === undefined ? [] : [problem("TWO_SOURCES", {}, at)];
  });
}

function checkDistances(draft: Draft): readonly Problem[] {
  return draft.corridors.flatMap(({ path, value }) =>
    value.intersections.flatMap(({ distance_m }, index) => {
      const at = { path: `${path}.intersections.${index}.distance_m` };
      if (index === 0) return distance_m === 0 ? [] : [problem("CORRIDOR_START", { got: distance_m }, at)];
      return distance_m > 0 ? [] : [problem("CORRIDOR_STEP", {}, at)];
    }),
  );
}

export function checkPlaces(draft: Draft): readonly Problem[] {
  const halves = draft.intersections.filter(
    ({ value }) => (value.latitude === undefined) !== (value.longitude === undefined),
  );
  return [
    ...draft.cameras.flatMap(({ path, value }) => checkLineLengths(value.lines, `${path}.lines`)),
    ...checkSources(draft),
    ...checkDistances(draft),
    ...halves.map(({ path }) => problem("HALF_POSITION", {}, { path })),
  ];
}
