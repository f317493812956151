/** A corridor's proposal in the words in which a scenario's plans are told: what it brings, what binds each signal, what it costs to change over. */
import type { RetimeProposal } from "../../core/retime/proposal.ts";
import { type Changeover, changeover } from "../../core/retime/stages/changeover.ts";
import type { Plan } from "../../core/signal/plan.ts";

/** By formulas, not by rehearsal: no interval is known. */
interface ByFormula {
  readonly mean: number;
  readonly ci95: null;
}

interface SiteSignal {
  readonly signal: string;
  readonly cycle_s: number;
  readonly offset_s: number;
  /** The phase that is fullest. */
  readonly binding:
    | {
        readonly kind: "phase";
        readonly phase: number;
        readonly degree_of_saturation: number;
        readonly flow_pcu_h: number;
      }
    | { readonly kind: "no_traffic" };
  /** From the plan in force; null where none is known. */
  readonly changeover: Changeover | null;
}

export interface SiteRetiming {
  /** Null for an intersection on its own. */
  readonly predicted: {
    readonly plan: { readonly delay_s: ByFormula; readonly stops: ByFormula };
    readonly own: null;
    readonly seeds: 0;
  } | null;
  readonly signals: readonly SiteSignal[];
}

const byFormula = (mean: number): ByFormula => ({ mean, ci95: null });

function bindingOf(proposal: RetimeProposal, intersection: string): SiteSignal["binding"] {
  const phases = proposal.intersections.find(({ id }) => id === intersection)?.phases ?? [];
  const [fullest] = phases.toSorted((a, b) => b.degree_of_saturation - a.degree_of_saturation);
  if (fullest === undefined || fullest.flow_pcu_h === 0) return { kind: "no_traffic" };
  const { degree_of_saturation, flow_pcu_h, phase } = fullest;
  return { kind: "phase", phase, degree_of_saturation, flow_pcu_h };
}

/** `inForce`: the plans that the streets run by now, as far as they are known. */
export function siteRetiming(proposal: RetimeProposal, inForce: readonly Plan[]): SiteRetiming {
  const platoons = proposal.with_platoons;
  const signals = proposal.plans.map((plan): SiteSignal => {
    const { cycle_s, intersection: signal, offset_s } = plan;
    const before = inForce.find(({ intersection }) => intersection === signal);
    return {
      signal,
      cycle_s,
      offset_s,
      binding: bindingOf(proposal, signal),
      changeover: before === undefined ? null : changeover(before, plan),
    };
  });
  if (platoons === null) return { predicted: null, signals };
  const plan = { delay_s: byFormula(platoons.delay_s_per_veh), stops: byFormula(platoons.stops_per_veh) };
  return { predicted: { plan, own: null, seeds: 0 }, signals };
}
