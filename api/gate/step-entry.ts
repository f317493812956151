/** What the ledger says of a step: all of it, except that long reports are told by their hash alone. */
import { canonicalJson } from "../../core/evidence/canonical-json.ts";
import type { Proposal, ProposalStep } from "../../core/proposals/proposal.ts";
import { sha256 } from "../storage/sha256.ts";

export function stepEntry(
  id: number,
  { drafted }: Proposal,
  step: ProposalStep,
  step_sha256: string,
): { readonly kind: string; readonly about: object } {
  const { kind, at_ms: _at_ms, ...said } = step;
  const { intersection, controller } = drafted;
  const short =
    "report" in said
      ? { ...said, report: { passed: said.report.passed, sha256: sha256(canonicalJson(said.report)) } }
      : said;
  return { kind: `proposal.${kind}`, about: { proposal: id, intersection, controller, ...short, step_sha256 } };
}
