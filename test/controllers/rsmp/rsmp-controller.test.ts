/** A proved plan on its way into a site of ours, over a real connection. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { seal } from "../../../controllers/gate/proved-plan.ts";
import { Site } from "../../../controllers/rsmp/site/site.ts";
import { readSiteConfig } from "../../../controllers/rsmp/site/site-config.ts";
import { RsmpController } from "../../../controllers/rsmp/supervisor/rsmp-controller.ts";
import { bandsOf, type StageLayout, splitsOf } from "../../../controllers/rsmp/supervisor/stage-splits.ts";
import { Supervisor } from "../../../controllers/rsmp/supervisor/supervisor.ts";
import type { ProvedPlan } from "../../../core/ports/signal-controller.ts";
import type { Result } from "../../../core/problems/problem.ts";
import type { Plan } from "../../../core/signal/plan.ts";
import { crossroads, timingOf } from "../../support/crossroads.ts";
import { need } from "../../support/data-folder.ts";

const layout: StageLayout = {
  stages: [
    { phases: [2, 6], share: 1 },
    { phases: [4, 8], share: 1 },
  ],
  bands: [
    { band: 1, from: 2, to: 1 },
    { band: 2, from: 1, to: 2 },
  ],
};

const planOf = (first_s: number, pattern = 2): Plan => ({
  intersection: crossroads.id,
  pattern,
  cycle_s: 90,
  offset_s: 17,
  offset_reference: "begin_green_of_coord_phases",
  sequence: 1,
  splits: [2, 4, 6, 8].map((phase) => ({ phase, split_s: phase % 4 === 2 ? first_s : 90 - first_s, mode: "none" })),
});
const proved = seal(planOf(51), timingOf(crossroads));
const never = new AbortController().signal;

let site: Site;
let supervisor: Supervisor;
let controller: RsmpController;

beforeEach(async () => {
  const securityCode = (_site: string, level: number) => ({ 2: "two" })[level];
  supervisor = need(await Supervisor.listen({ port: 0, host: "127.0.0.1", security: null, securityCode }));
  const over = { version: "test", siteId: "S", supervisor: { host: "127.0.0.1", port: supervisor.port } };
  const config = need(readSiteConfig("security_codes: [one, two]\nintervals: { timer: 0.05 }", over));
  await new Promise<void>((resolve) => {
    const ready = ({ event }: { readonly event: string }): void => {
      if (event === "ready") resolve();
    };
    site = need(Site.start(config, null, ready));
  });
  const clock = { nowMs: () => Date.now(), sleep: () => Promise.resolve() };
  const about = { layout, plans: [1, 2], signalGroups: [], bandTimeout_min: 2, clock, component: "TC" };
  const connected = () => supervisor.site("S");
  controller = new RsmpController({ id: "nordic", intersection: crossroads, ...about, site: connected });
  while (!connected().ok) await new Promise((resolve) => setTimeout(resolve, 10));
});
afterEach(async () => {
  await site.stop();
  await supervisor.close();
});

const codesOf = (done: Result<unknown>): readonly string[] => (done.ok ? [] : done.problems.map(({ code }) => code));

describe("a plan put into a site", () => {
  it("has its cycle, offset and bands there, is in force, and is handed back", async () => {
    expect(codesOf(await controller.activate(proved, never))).toEqual(["PLAN_NOT_DOWNLOADED"]);
    const readBack = need(await controller.download(proved));
    expect(readBack.values.map(({ name, sent, read }) => [name, sent, read])).toEqual([
      ["S0028.2", 90, 90],
      ["S0024.2", 73, 73],
      ["S0034", 2, 2],
      ["S0023.2.1", 6, 6],
      ["S0023.2.2", 0, 0],
    ]);
    expect(need(await controller.activate(proved, never))).toMatchObject({
      pattern: 2,
      control_status: "systemControl",
    });
    const { tlc } = site;
    // Local zero lags the master zero by the plan's 17 s, whichever way the two write it.
    expect(tlc.plans.pattern(tlc.clock.now_ms(), false)).toMatchObject({ cycle_ds: 900, offset_ds: 170 });
    expect(codesOf(await controller.download(proved))).toEqual(["PATTERN_IN_FORCE"]);
    expect((await controller.revert()).ok).toBe(true);
    expect(tlc.plans.running(tlc.clock.now_ms()).number).toBe(1);
  });

  it("goes nowhere unless the gate made it, and is one that may be written to", async () => {
    const copy = structuredClone({ ...proved }) as unknown as ProvedPlan;
    expect(codesOf(await controller.download(copy))).toEqual(["PLAN_NOT_PROVED"]);
    const stranger = seal(planOf(51, 9), timingOf(crossroads));
    expect(codesOf(await controller.download(stranger))).toEqual(["RSMP_PLAN_NOT_OURS"]);
    expect(site.tlc.plans.find(2, 0)?.cycle_s).toBe(60);
  });

  it("is taken back after a restart without a command, where the site still runs it value by value", async () => {
    need(await controller.download(proved));
    need(await controller.activate(proved, never));
    expect((await controller.retake(proved)).ok).toBe(true);
    site.tlc.plans.find(2, 0)?.bands.set(1, 3);
    expect(codesOf(await controller.retake(proved))).toEqual(["RSMP_READ_BACK_DIFFERS"]);
    need(await controller.release());
    expect(codesOf(await controller.retake(proved))).toEqual(["COMMAND_DROPPED"]);
  });

  it("stays only as long as somebody tends its bands, when the line is cut", async () => {
    need(await controller.download(proved));
    need(await controller.activate(proved, never));
    expect(need(await controller.heartbeat())).toMatchObject({ pattern: 2, next_s: 40 });
    await supervisor.close();
    expect(codesOf(await controller.heartbeat())).toEqual(["RSMP_SITE_UNKNOWN"]);
    site.tlc.plans.step(site.tlc.now_ms() + 121_000);
    expect(site.tlc.plans.find(2, 0)?.bands.get(1)).toBe(0);
    supervisor = need(await Supervisor.listen({ port: 0, security: null }));
  });
});

describe("splits in the words of bands", () => {
  it("come back from the bands that they were made into, to either side", () => {
    for (const first_s of [20, 44, 45, 46, 70]) {
      const plan = planOf(first_s);
      expect(splitsOf(layout, plan.cycle_s, need(bandsOf(layout, plan)))).toEqual(plan.splits);
    }
  });

  it("are refused where no band can say them", () => {
    const uneven = planOf(45);
    const splits = uneven.splits.map((split) => (split.phase === 6 ? { ...split, split_s: 44 } : split));
    expect(codesOf(bandsOf(layout, { ...uneven, splits }))).toEqual(["RSMP_SPLITS"]);
    expect(codesOf(bandsOf({ ...layout, bands: [] }, planOf(50)))).toEqual(["RSMP_SPLITS"]);
    expect(codesOf(bandsOf(layout, { ...planOf(45), cycle_s: 91 }))).toEqual(["RSMP_SPLITS"]);
  });
});
