/** Ids are unique: they name rows, topics and addresses. */
import { type Problem, problem } from "../../core/problems/problem.ts";
import type { Draft } from "./draft.ts";

/** The feed of simulated lanes answers to this name. */
const RESERVED_CAMERA = "simulated";

interface Named {
  readonly id: string;
  /** Of the id itself. */
  readonly path: string;
}

/** The second and later of each id. `lineOf` tells where the first stands. */
function repeated(named: readonly Named[], { lineOf }: Pick<Draft, "lineOf">): readonly Problem[] {
  const firsts = new Map<string, string>();
  return named.flatMap(({ id, path }) => {
    const first = firsts.get(id);
    firsts.set(id, first ?? path);
    return first === undefined ? [] : [problem("DUPLICATE_ID", { id, line: lineOf(first) }, { path })];
  });
}

const namedIn = (parts: readonly { readonly id: string }[], path: string): readonly Named[] =>
  parts.map(({ id }, index) => ({ id, path: `${path}.${index}.id` }));

/** `path` is that of the list the parts stand in. */
export const checkIdsIn = (
  parts: readonly { readonly id: string }[],
  path: string,
  draft: Pick<Draft, "lineOf">,
): readonly Problem[] => repeated(namedIn(parts, path), draft);

/** Approaches need to differ within their intersection and lines within their camera; all others within the file. */
export function checkIds(draft: Draft): readonly Problem[] {
  const ofFile = (items: readonly { readonly path: string; readonly value: { readonly id: string } }[]) =>
    repeated(
      items.map(({ path, value }) => ({ id: value.id, path: `${path}.id` })),
      draft,
    );
  const lanes = draft.intersections.flatMap(({ path, value }) =>
    value.approaches.flatMap((approach, index) => namedIn(approach.lanes, `${path}.approaches.${index}.lanes`)),
  );
  const reserved = draft.cameras
    .filter(({ value }) => value.id === RESERVED_CAMERA)
    .map(({ path, value }) => problem("RESERVED_ID", { id: value.id }, { path: `${path}.id` }));
  return [
    ...[draft.intersections, draft.corridors, draft.cameras, draft.controllers, draft.schedules, draft.rules].flatMap(
      ofFile,
    ),
    ...repeated(lanes, draft),
    ...draft.intersections.flatMap((i) => checkIdsIn(i.value.approaches, `${i.path}.approaches`, draft)),
    ...draft.cameras.flatMap((c) => checkIdsIn(c.value.lines, `${c.path}.lines`, draft)),
    ...draft.cameras.flatMap((c) => checkIdsIn(c.value.movements ?? [], `${c.path}.movements`, draft)),
    ...reserved,
  ];
}
