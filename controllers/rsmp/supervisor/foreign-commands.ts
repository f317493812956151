/**
 * RSMP gives no supervisor precedence: whoever commands, commands. Two statuses tell when somebody else did: the time plan with its
 * source (S0014) and the control mode (S0020). What changed by force and was not ours is foreign.
 */
import type { StatusValue } from "../protocol/messages.ts";
import { atLeast, type SxlVersion } from "../protocol/versions.ts";

export interface WatchedName {
  readonly sCI: string;
  readonly n: string;
}

/** What has to be subscribed to. Before 1.1 a plan does not say its source. */
export const watchedStatuses = (sxl: SxlVersion): readonly WatchedName[] => [
  { sCI: "S0014", n: "status" },
  ...(atLeast(sxl, "1.1.0") ? [{ sCI: "S0014", n: "source" }] : []),
  { sCI: "S0020", n: "controlmode" },
];

/** After a command of ours its effects are ours for this long: a plan changes at the end of a cycle. */
const OURS_MS = 300_000;

export class ForeignCommands {
  #plan: string | null = null;
  #source: string | null = null;
  #mode: string | null = null;
  #ordered: { readonly plan: string | undefined; readonly at_ms: number } | null = null;
  #modeOrdered_ms = Number.NEGATIVE_INFINITY;

  /** We send this command now. */
  ordered(code: string, plan: string | undefined, now_ms: number): void {
    if (code === "M0002") this.#ordered = { plan, at_ms: now_ms };
    if (code === "M0001" || code === "M0004") this.#modeOrdered_ms = now_ms;
  }

  /** What somebody else did, in words; null when nothing points to that. */
  notice(values: readonly StatusValue[], now_ms: number): string | null {
    const said = (code: string, name: string): string | null => {
      const value = values.find(({ sCI, n }) => sCI === code && n === name)?.s;
      return typeof value === "string" ? value : null;
    };
    return (
      this.#plans(said("S0014", "status"), said("S0014", "source"), now_ms) ??
      this.#modes(said("S0020", "controlmode"), now_ms)
    );
  }

  #plans(plan: string | null, source: string | null, now_ms: number): string | null {
    const before = this.#plan;
    const sourceBefore = this.#source;
    this.#plan = plan ?? this.#plan;
    this.#source = source ?? this.#source;
    const { plan: ours, at_ms } = this.#ordered ?? { plan: undefined, at_ms: Number.NEGATIVE_INFINITY };
    if (before === null || (now_ms - at_ms < OURS_MS && this.#plan === ours)) return null;
    const changed = this.#plan !== before || (this.#source !== sourceBefore && this.#source === "forced");
    return changed && (this.#source === null || this.#source === "forced")
      ? `time plan ${this.#plan} was commanded by somebody else`
      : null;
  }

  #modes(mode: string | null, now_ms: number): string | null {
    const before = this.#mode;
    this.#mode = mode ?? this.#mode;
    if (before === null || this.#mode === before || now_ms - this.#modeOrdered_ms < OURS_MS) return null;
    return this.#mode?.includes("standby") ? "the site went dark or to yellow flash without a command of ours" : null;
  }
}
