import { describe, expect, it } from "vitest";
import { planDifferences } from "../../../core/proposals/differences.ts";
import { proposalOf } from "../../../core/proposals/proposal.ts";
import { isOpen, type SendWindow } from "../../../core/proposals/window.ts";
import { crossroads, crossroadsPlan } from "../../support/crossroads.ts";

describe("the window in which a plan may be sent", () => {
  const window: SendWindow = { days: ["fri"], from: "10:00", to: "12:00" };
  const night: SendWindow = { days: ["sun"], from: "22:00", to: "04:00" };
  const at = (day: string, clock: string) => ({
    day,
    minute: Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)),
  });

  it("opens at its first minute and closes at its last, on its own days", () => {
    expect(["09:59", "10:00", "11:59", "12:00"].map((clock) => isOpen(window, at("fri", clock)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(isOpen(window, at("sat", "11:00"))).toBe(false);
  });

  it("goes on past midnight, into the day after the one on which it opens", () => {
    expect(isOpen(night, at("sun", "23:00"))).toBe(true);
    expect(isOpen(night, at("mon", "03:59"))).toBe(true);
    expect(isOpen(night, at("mon", "04:00"))).toBe(false);
    expect(isOpen(night, at("sun", "03:00"))).toBe(false);
    expect(isOpen({ ...night, to: "24:00" }, at("mon", "00:00"))).toBe(false);
  });
});

describe("what a plan changes", () => {
  it("is told signal by signal, greens without their clearance", () => {
    const after = {
      ...crossroadsPlan,
      offset_s: 3,
      splits: crossroadsPlan.splits.map((split) =>
        split.phase === 2 ? { ...split, split_s: split.split_s + 2 } : split,
      ),
    };
    const told = planDifferences(crossroads.signal, crossroadsPlan, after);
    expect(told.offset_s).toEqual({ before: crossroadsPlan.offset_s, after: 3 });
    expect(told.phases.filter(({ changed }) => changed).map(({ phase }) => phase)).toEqual([2]);
    const [second] = told.phases.filter(({ phase }) => phase === 2);
    expect((second?.green_s.after ?? 0) - (second?.green_s.before ?? 0)).toBe(2);
  });
});

describe("the steps of a proposal", () => {
  it("come to nothing unless they begin with a draft, and each follows from the one before", () => {
    const who = { by: "lan", role: "engineer", at_ms: 1 };
    const about = { intersection: "a", controller: "c", plan: crossroadsPlan, reason: "r", window: null };
    const drafted = { kind: "drafted" as const, ...who, ...about, before: { pattern: 254, plan: null } };
    const approved = { kind: "approved" as const, by: "minh", role: "engineer", at_ms: 2, reason: "seen" };
    const codeOf = (steps: Parameters<typeof proposalOf>[0]) => {
      const found = proposalOf(steps);
      return found.ok ? found.value.state : found.problems[0]?.code;
    };
    expect(codeOf([])).toBe("PROPOSAL_BROKEN");
    expect(codeOf([approved])).toBe("PROPOSAL_BROKEN");
    expect(codeOf([drafted])).toBe("draft");
    expect(codeOf([drafted, approved])).toBe("PROPOSAL_STEP_OUT_OF_TURN");
    expect(codeOf([drafted, drafted])).toBe("PROPOSAL_STEP_OUT_OF_TURN");
  });
});
