/** The proposal store kept in memory: the real steps, no disk. */

import { movedOn, takenBy } from "../../api/gate/proposal-store.ts";
import { stepEntry } from "../../api/gate/step-entry.ts";
import { sha256 } from "../../api/storage/sha256.ts";
import { canonicalJson } from "../../core/evidence/canonical-json.ts";
import type { DeviceRecord, DeviceRecords } from "../../core/ports/device-records.ts";
import type { ProposalStore } from "../../core/ports/proposals.ts";
import type { Ledger } from "../../core/ports/storage.ts";
import { failed, ok, problem } from "../../core/problems/problem.ts";
import { openProposal, type Proposal, takeProposalStep } from "../../core/proposals/proposal.ts";
import { underWay } from "../../core/proposals/states.ts";

export function memoryProposals(ledger: Ledger): ProposalStore {
  const kept: Proposal[] = [];
  const write = async (id: number, proposal: Proposal): Promise<void> => {
    kept[id - 1] = proposal;
    const step = proposal.steps.at(-1);
    if (step === undefined) return;
    const { kind, about } = stepEntry(id, proposal, step, sha256(canonicalJson(step)));
    await ledger.append(kind, about, step.at_ms);
  };
  return {
    draft: async (step) => {
      const proposal = openProposal(step);
      const id = kept.length + 1;
      await write(id, proposal);
      return { id, proposal };
    },
    get: (id) => {
      const proposal = kept[id - 1];
      return Promise.resolve(proposal === undefined ? null : { id, proposal });
    },
    list: ({ states, intersection, before = Number.POSITIVE_INFINITY, limit }) =>
      Promise.resolve(
        kept
          .map((proposal, i) => ({ id: i + 1, proposal }))
          .filter(({ id }) => id < before)
          .filter(({ proposal }) => states === undefined || states.includes(proposal.state))
          .filter(({ proposal }) => intersection === undefined || proposal.drafted.intersection === intersection)
          .reverse()
          .slice(0, limit),
      ),
    places: (states) =>
      Promise.resolve(
        kept.flatMap(({ drafted, state, steps }, i) =>
          states.includes(state) ? [{ id: i + 1, intersection: drafted.intersection, state, steps: steps.length }] : [],
        ),
      ),
    step: async (id, step, seen) => {
      const proposal = kept[id - 1];
      if (proposal === undefined) return failed(problem("PROPOSAL_UNKNOWN", { proposal: id }));
      if (proposal.steps.length !== seen) return failed(movedOn(id, proposal, seen));
      const next = takeProposalStep(proposal, step);
      if (!next.ok) return next;
      const other = kept.findIndex(
        (each, i) =>
          i !== id - 1 && each.drafted.intersection === proposal.drafted.intersection && underWay.includes(each.state),
      );
      if (step.kind === "began" && other >= 0) return failed(takenBy(proposal, other + 1));
      await write(id, next.value);
      return ok({ id, proposal: next.value });
    },
  };
}

export function memoryDevices(): DeviceRecords {
  const kept = new Map<string, DeviceRecord>();
  return {
    all: () => Promise.resolve([...kept.values()]),
    put: (record) => {
      kept.set(record.controller, record);
      return Promise.resolve();
    },
  };
}
