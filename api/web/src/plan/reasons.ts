/** Why a plan is as it is, in sentences: from the retiming proposal it was made by, told for one intersection. */

import { templates } from "../../../../core/problems/catalogue.ts";
import { type Problem, sentence } from "../../../../core/problems/problem.ts";
import type { RetimeProposal } from "../../../../core/retime/proposal.ts";
import type { Format } from "../locales/format.ts";
import type { Language, MessageKey, Words } from "../locales/message.ts";

export interface Telling {
  readonly language: Language;
  readonly format: Format;
  t(key: MessageKey, words?: Words): string;
}

const MOST = 12;

/** What can be read of the reasons; a document of another shape gives the sentences found in it, or none. */
export function reasonLines(reasons: unknown, intersection: string, telling: Telling): readonly string[] {
  const lines = isProposal(reasons)
    ? proposalLines(reasons, intersection, telling)
    : plainLines(reasons, telling.language);
  return lines.slice(0, MOST);
}

function isProposal(value: unknown): value is RetimeProposal {
  if (typeof value !== "object" || value === null) return false;
  const { intersections, lanes, notes } = value as Partial<Record<keyof RetimeProposal, unknown>>;
  return Array.isArray(intersections) && Array.isArray(lanes) && Array.isArray(notes);
}

function proposalLines(proposal: RetimeProposal, id: string, telling: Telling): readonly string[] {
  const { t, format, language } = telling;
  const here = proposal.intersections.find((candidate) => candidate.id === id);
  const notes = proposal.notes.filter(
    ({ words }) => words["intersection"] === undefined || words["intersection"] === id,
  );
  const delay = format.seconds(proposal.predicted_delay_s_per_veh);
  return [
    ...(here === undefined
      ? []
      : [
          t("plan.reason.ratio", {
            ratio: format.ratio(here.critical_flow_ratio),
            lost: format.seconds(here.lost_time_s),
          }),
        ]),
    ...(proposal.bands === null
      ? []
      : [
          t("plan.reason.bands", {
            cycle: format.seconds(proposal.cycle_s),
            outbound: format.seconds(proposal.bands.outbound_s),
            inbound: format.seconds(proposal.bands.inbound_s),
          }),
        ]),
    t("plan.reason.delay", { delay }),
    ...notes.map((note) => sentence(note, language)),
  ];
}

/** Strings, problems of our catalogue, `{ en, vi }` pairs and lists of any of them. */
export function plainLines(value: unknown, language: Language): readonly string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  if (Array.isArray(value)) return value.flatMap((item) => plainLines(item, language));
  if (typeof value !== "object" || value === null) return [];
  if (isProblem(value)) return [sentence(value, language)];
  const translated = (value as Readonly<Record<string, unknown>>)[language];
  if (typeof translated === "string") return [translated];
  const { reasons, notes } = value as { readonly reasons?: unknown; readonly notes?: unknown };
  return [reasons, notes].flatMap((part) => plainLines(part, language));
}

function isProblem(value: object): value is Problem {
  const { code, words } = value as Partial<Record<keyof Problem, unknown>>;
  return typeof code === "string" && code in templates && typeof words === "object" && words !== null;
}
