/** Proposals and controllers as the service tells them. */
import type { PlanDifferences } from "../../../../core/proposals/differences.ts";
import type { ShadowReport } from "../../../../core/proposals/shadow-report.ts";
import type { ProposalState } from "../../../../core/proposals/states.ts";
import type { SendWindow } from "../../../../core/proposals/window.ts";

export interface ProposalRow {
  readonly id: number;
  readonly state: ProposalState;
  readonly intersection: string;
  readonly by: string;
  readonly reason: string;
  readonly at_ms: number;
  readonly waits_for: string | null;
}

export interface ProposalList {
  readonly proposals: readonly ProposalRow[];
}

export type ProposalAction = "approve" | "refuse" | "withdraw";

export interface ProposalDocument extends ProposalRow {
  readonly window: SendWindow | null;
  readonly differences: PlanDifferences | null;
  readonly checks: readonly { readonly id: string; readonly passed: boolean; readonly troubles: readonly string[] }[];
  readonly shadow: ShadowReport | null;
  readonly steps: readonly {
    readonly kind: string;
    readonly by: string;
    readonly role: string | null;
    readonly at_ms: number;
    readonly reason: string | null;
    readonly troubles: readonly string[];
  }[];
  readonly steps_seen: number;
  readonly actions: readonly ProposalAction[];
}

export interface Device {
  readonly controller: string;
  readonly intersection: string;
  readonly name: string;
  readonly virtual: boolean;
  readonly forbidden: string | null;
  readonly frozen: { readonly checksum: number; readonly at_ms: number } | null;
  readonly released: { readonly by: string; readonly reason: string; readonly at_ms: number } | null;
  readonly pattern: number | null;
}

export interface DeviceList {
  readonly devices: readonly Device[];
}
