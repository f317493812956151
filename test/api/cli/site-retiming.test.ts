import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { siteRetiming } from "../../../api/cli/site-retiming.ts";
import { propose } from "../../../api/control/propose.ts";
import { loadSite } from "../../../api/site/load.ts";
import type { Corridor } from "../../../core/network/schema.ts";

async function sampleProposal() {
  const loaded = await loadSite(fileURLToPath(new URL("../../../docs/sample-site.yaml", import.meta.url)));
  if (!loaded.ok) throw new Error(loaded.problems.map(({ code }) => code).join());
  const { site } = loaded.value;
  const made = propose(site, site.corridors[0] as Corridor, { intervals: [], plans: [] }, 0);
  if (!made.ok) throw new Error(made.problems.map(({ code }) => code).join());
  return made.value;
}

describe("a corridor's proposal in the words of a scenario's", () => {
  it("tells delay and stops with platoons, without an interval", async () => {
    const proposal = await sampleProposal();
    expect(siteRetiming(proposal, []).predicted).toEqual({
      plan: {
        delay_s: { mean: proposal.with_platoons?.delay_s_per_veh, ci95: null },
        stops: { mean: proposal.with_platoons?.stops_per_veh, ci95: null },
      },
      own: null,
      seeds: 0,
    });
  });

  it("names the fullest phase of each signal", async () => {
    const proposal = await sampleProposal();
    const { signals } = siteRetiming(proposal, []);
    expect(signals.map(({ signal }) => signal)).toEqual(proposal.plans.map(({ intersection }) => intersection));
    for (const { binding, signal } of signals) {
      const phases = proposal.intersections.find(({ id }) => id === signal)?.phases ?? [];
      const fullest = Math.max(...phases.map((phase) => phase.degree_of_saturation));
      expect(binding).toMatchObject({ kind: "phase", degree_of_saturation: fullest });
    }
  });

  it("tells what changing over from the plans in force takes, and nothing where none is known", async () => {
    const proposal = await sampleProposal();
    expect(siteRetiming(proposal, []).signals.every(({ changeover }) => changeover === null)).toBe(true);
    const later = proposal.plans.map((plan) => ({ ...plan, offset_s: (plan.offset_s + 10) % plan.cycle_s }));
    for (const { changeover } of siteRetiming(proposal, later).signals) expect(changeover?.shift_s).toBe(-10);
    for (const { changeover } of siteRetiming(proposal, proposal.plans).signals) expect(changeover?.way).toBe("none");
  });
});
