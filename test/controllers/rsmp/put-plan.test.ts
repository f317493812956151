/** A proved plan on its way into a site of ours, over a real connection. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { seal } from "../../../controllers/gate/proved-plan.ts";
import { Site } from "../../../controllers/rsmp/site/site.ts";
import { readSiteConfig } from "../../../controllers/rsmp/site/site-config.ts";
import type { ConnectedSite } from "../../../controllers/rsmp/supervisor/connected-site.ts";
import { type PlanOrder, putPlan, releasePlan } from "../../../controllers/rsmp/supervisor/put-plan.ts";
import { Supervisor } from "../../../controllers/rsmp/supervisor/supervisor.ts";
import { crossroads, crossroadsPlan, timingOf } from "../../support/crossroads.ts";

const CODES: Readonly<Record<number, string>> = { 2: "two" };
const proved = seal({ ...crossroadsPlan, pattern: 2 }, timingOf(crossroads));

let site: Site;
let supervisor: Supervisor;
let connected: ConnectedSite;

beforeEach(async () => {
  connected = await new Promise((resolve, reject) => {
    Supervisor.listen({
      port: 0,
      host: "127.0.0.1",
      security: null,
      watchesOthers: false,
      securityCode: (_site, level) => CODES[level],
      onEvent: ({ event, site: id }) => {
        const found = event === "message" ? supervisor.site(id) : undefined;
        if (found?.ok && found.value.view.main !== null) resolve(found.value);
      },
    }).then((started) => {
      if (!started.ok) throw new Error(JSON.stringify(started.problems));
      supervisor = started.value;
      const over = { version: "test", siteId: "S", supervisor: { host: "127.0.0.1", port: supervisor.port } };
      const config = readSiteConfig("security_codes: [one, two]\nintervals: { timer: 0.05 }", over);
      const running = config.ok ? Site.start(config.value, null, () => undefined) : config;
      if (!running.ok) throw new Error(JSON.stringify(running.problems));
      site = running.value;
    }, reject);
  });
});
afterEach(async () => {
  await site.stop();
  await supervisor.close();
});

const order = (more: Partial<PlanOrder> = {}): PlanOrder => ({
  component: "TC",
  plan: proved,
  reason: "test",
  now_ms: Date.now(),
  ...more,
});

const codeOf = (done: Awaited<ReturnType<typeof putPlan>>): unknown => (done.ok ? null : done.problems[0]?.code);

describe("a plan put into a site", () => {
  it("has its cycle, offset and bands there, is in force, and is handed back", async () => {
    expect(codeOf(await putPlan(connected, order({ bands: { 1: 6, 2: 0 }, bandTimeout_min: 2 })))).toBeNull();
    const { tlc } = site;
    const plan = tlc.plans.find(2, tlc.clock.now_ms());
    expect(plan).toMatchObject({ cycle_s: 90, offset_s: 73 });
    expect([...(plan?.bands ?? [])]).toEqual([
      [1, 6],
      [2, 0],
    ]);
    expect(tlc.plans.bandTimeout_min).toBe(2);
    expect(tlc.plans.running(tlc.clock.now_ms())).toEqual({ number: 2, source: "forced" });
    // Local zero lags the master zero by the plan's 17 s, whichever way the two write it.
    expect(tlc.plans.pattern(tlc.clock.now_ms(), false)).toMatchObject({ cycle_ds: 900, offset_ds: 170 });
    expect(codeOf(await putPlan(connected, order()))).toBe("PATTERN_IN_FORCE");
    expect((await releasePlan(connected, order())).ok).toBe(true);
    expect(tlc.plans.running(tlc.clock.now_ms()).number).toBe(1);
  });

  it("goes nowhere unless the gate made it", async () => {
    expect(codeOf(await putPlan(connected, order({ plan: structuredClone(proved) })))).toBe("RSMP_COMMAND_NOT_SEALED");
    expect(codeOf(await putPlan(connected, order({ now_ms: Date.now() - 60_000 })))).toBe("RSMP_COMMAND_NOT_SEALED");
    expect(site.tlc.plans.find(2, 0)?.cycle_s).toBe(60);
  });

  it("that the site has no room for is refused in its words, and the plan in force stays", async () => {
    const stranger = seal({ ...crossroadsPlan, pattern: 9 }, timingOf(crossroads));
    const done = await putPlan(connected, order({ plan: stranger }));
    expect(done).toMatchObject({ problems: [{ code: "RSMP_SITE_REFUSED" }] });
    expect(site.tlc.plans.running(site.tlc.clock.now_ms()).number).toBe(1);
  });

  it("stays only as long as somebody tends its bands, when the line is cut", async () => {
    expect(codeOf(await putPlan(connected, order({ bands: { 1: 6 }, bandTimeout_min: 1 })))).toBeNull();
    await supervisor.close();
    site.tlc.plans.step(site.tlc.now_ms() + 61_000);
    expect(site.tlc.plans.find(2, 0)?.bands.get(1)).toBe(0);
    supervisor = await Supervisor.listen({ port: 0, security: null }).then((again) => {
      if (!again.ok) throw new Error("no port");
      return again.value;
    });
  });
});
