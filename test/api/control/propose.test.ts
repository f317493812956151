import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { propose } from "../../../api/control/propose.ts";
import { parseSite } from "../../../api/site/load.ts";
import type { FlowInterval } from "../../../core/traffic/flow-interval.ts";

const file = fileURLToPath(new URL("../../fixtures/first-light.yaml", import.meta.url));
const now_ms = Date.UTC(2026, 10, 23, 5, 0);

const measured = (origin: FlowInterval["origin"]): FlowInterval => ({
  intersection: "first",
  lane: "first-west",
  feed: origin === "camera" ? "eye" : "simulated",
  origin,
  start_ms: now_ms - 120_000,
  length_s: 60,
  total: 12,
  by_class: { car: 12 },
  occupancy: 0.2,
  mean_headway_s: 5,
  quality: "valid",
  frames_seen: 1800,
  gap_s: 0,
});

/** Where the demand of the watched lane came from. */
function originOf(interval: FlowInterval, kind: "virtual" | "street"): string | undefined {
  const virtual = "{ id: controller-first, kind: virtual, intersection: first }";
  const street = "{ id: cabinet, kind: ntcip, intersection: first, host: 10.1.2.3, community_env: CABINET }";
  const text = readFileSync(file, "utf8");
  const site = parseSite(kind === "virtual" ? text : text.replace(virtual, street), file);
  if (!site.ok) throw new Error("the fixture does not parse");
  const [corridor] = site.value.corridors;
  if (corridor === undefined) throw new Error("the fixture has no corridor");
  const proposal = propose(site.value, corridor, { intervals: [interval], plans: [] }, now_ms);
  return proposal.ok ? proposal.value.lanes.find(({ lane }) => lane === "first-west")?.origin : undefined;
}

describe("a proposal", () => {
  it("uses what cameras measured, on any street", () => {
    expect(originOf(measured("camera"), "virtual")).toBe("measured");
    expect(originOf(measured("camera"), "street")).toBe("measured");
  });

  it("uses made-up traffic for virtual controllers, and never for a real street", () => {
    expect(originOf(measured("simulated"), "virtual")).toBe("measured");
    expect(originOf(measured("simulated"), "street")).toBe("assumed");
  });
});
