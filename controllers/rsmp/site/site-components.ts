/** The components of a site as its file names them, in one of several forms, and the phase of each signal group. */
import type { ComponentType } from "../sxl/tlc-commands.ts";
import type { Component } from "../tlc/alarm-board.ts";
import { STAGES } from "../tlc/signals.ts";
import type { SiteWordsInFile as Words } from "./site-schema.ts";

export interface ConfiguredComponent extends Component {
  readonly ntsOId?: string | undefined;
  readonly phase?: number | undefined;
}

const TYPES: Readonly<Record<string, ComponentType>> = {
  main: "main",
  tlc: "main",
  signal_group: "signal_group",
  signal_groups: "signal_group",
  detector_logic: "detector_logic",
  detector_logics: "detector_logic",
};

const defaultComponents: Words["components"] = {
  main: { TC: null },
  signal_group: { A1: null, A2: null, B1: null, B2: null },
  detector_logic: { DL1: null, DL2: null },
};

/** Main first, then the others in their order; null when there is not exactly one main, or an id comes twice. */
export function componentsOf(words: Words): readonly ConfiguredComponent[] | null {
  const said = words.components ?? defaultComponents ?? {};
  const listed = Array.isArray(said)
    ? said.map((one) => ({ id: one?.id ?? "", type: one?.type ?? "", words: one }))
    : Object.entries(said).flatMap(([type, ofType]) =>
        Array.isArray(ofType)
          ? ofType.map((id) => ({ id, type, words: null }))
          : Object.entries(ofType ?? {}).map(([id, one]) => ({ id, type, words: one })),
      );
  const components = listed.flatMap(({ id, type, words: one }) => {
    const known = TYPES[type];
    if (known === undefined || id === "") return [];
    return [{ id, type: known, name: one?.name ?? id, ntsOId: one?.ntsOId, phase: one?.phase }];
  });
  const ids = new Set(components.map(({ id }) => id));
  const mains = components.filter(({ type }) => type === "main");
  if (mains.length !== 1 || ids.size !== components.length) return null;
  return [...mains, ...components.filter(({ type }) => type !== "main")];
}

/** The first half of the groups belongs to the first stage, unless they say their phase. */
export function phasesOf(components: readonly ConfiguredComponent[]): ReadonlyMap<string, number> {
  const groups = components.filter(({ type }) => type === "signal_group");
  const half = Math.ceil(groups.length / 2);
  const known: readonly number[] = STAGES.flat();
  return new Map(
    groups.map(({ id, phase }, i) => {
      if (phase !== undefined && known.includes(phase)) return [id, phase];
      const stage = STAGES[i < half ? 0 : 1];
      return [id, stage[(i < half ? i : i - half) % stage.length] ?? stage[0]];
    }),
  );
}
