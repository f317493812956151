/** The gate's whole way to an RSMP site of ours, over TLS, in a time that runs thirty times as fast. */
import { rmSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Gatekeeper } from "../../../api/gate/gatekeeper.ts";
import { startRsmpStreet } from "../../../api/service/rsmp-street.ts";
import { type RsmpController, readCertificates } from "../../../controllers/index.ts";
import { Site } from "../../../controllers/rsmp/site/site.ts";
import { readSiteConfig } from "../../../controllers/rsmp/site/site-config.ts";
import { controllerSchema } from "../../../controllers/schema.ts";
import { type Intersection, intersectionSchema } from "../../../core/network/schema.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import type { ProposalRecord, ProposalStore } from "../../../core/ports/proposals.ts";
import type { Ledger, PlanStore } from "../../../core/ports/storage.ts";
import { newestStep } from "../../../core/proposals/proposal.ts";
import type { Plan } from "../../../core/signal/plan.ts";
import { makeCertificates, type TestCertificates } from "../../controllers/rsmp/certificates.ts";
import { need } from "../../support/data-folder.ts";
import { sampleSite } from "../../support/front-door.ts";
import { lan, minh } from "../../support/gate-stand.ts";
import { memoryDevices, memoryProposals } from "../../support/memory-proposals.ts";
import { memoryLedger, memoryPlans } from "../../support/memory-storage.ts";
import { missing } from "../../support/peers.ts";

const FASTER = 30;
const began_ms = Date.now();
const fastNow_ms = (): number => began_ms + (Date.now() - began_ms) * FASTER;
const clock: Clock = {
  nowMs: fastNow_ms,
  sleep: async (ms, stop) => {
    await delay(ms / FASTER, undefined, stop === undefined ? {} : { signal: stop as globalThis.AbortSignal });
  },
};

/** Two stages, as the site has them. */
const square: Intersection = intersectionSchema.parse({
  id: "square",
  name: "Square",
  approaches: (["N", "E", "S", "W"] as const).map((from, i) => ({
    id: from.toLowerCase(),
    from,
    lanes: [
      {
        id: `lane-${from.toLowerCase()}`,
        phase: [2, 4, 6, 8][i],
        turns: ["through", "right"],
        detector_channel: i + 1,
      },
    ],
  })),
  signal: {
    phases: [2, 4, 6, 8].map((number) => ({ number, min_green_s: 5, max_green_s: 40, recall: "min" })),
    rings: [
      [[2], [4]],
      [[6], [8]],
    ],
    clearances: [2, 4, 6, 8].map((phase) => ({ phase, yellow_s: 3.5, red_clear_s: 2 })),
    conflicts: [2, 6].flatMap((a) => [4, 8].map((b) => ({ a, b }))),
    coord_phases: [2, 6],
    cycle_min_s: 30,
    cycle_max_s: 120,
  },
});

const planOf = (first_s: number, cycle_s = 40, offset_s = 7): Plan => ({
  intersection: "square",
  pattern: 2,
  cycle_s,
  offset_s,
  offset_reference: "begin_green_of_coord_phases",
  sequence: 1,
  splits: [2, 4, 6, 8].map((phase) => ({
    phase,
    split_s: phase % 4 === 2 ? first_s : cycle_s - first_s,
    mode: "none",
  })),
});

const config = controllerSchema.parse({
  kind: "rsmp",
  id: "nordic",
  intersection: "square",
  site_id: "S1",
  component: "TC",
  code_env: "GATE_TEST_CODE",
  plans: [1, 2],
  stages: [{ phases: [2, 6] }, { phases: [4, 8] }],
  bands: [
    { band: 1, from: 2, to: 1 },
    { band: 2, from: 1, to: 2 },
  ],
  band_timeout_min: 5,
  signal_groups: [2, 6, 4, 8],
});

describe.skipIf(missing("OpenSSL"))("an RSMP site behind the gate", () => {
  const closers: (() => unknown)[] = [];
  let files: TestCertificates;
  let site: Site;
  let gate: Gatekeeper;
  let controller: RsmpController;
  let proposals: ProposalStore;
  let plans: PlanStore;
  let ledger: Ledger;
  const told: string[] = [];

  beforeEach(async () => {
    told.length = 0;
    process.env["GATE_TEST_CODE"] = "two";
    files = makeCertificates(["supervisor", "site"]);
    closers.push(() => rmSync(files.folder, { recursive: true }));
    const log = {
      info: (words: object, message: string) => told.push(`${message} ${JSON.stringify(words)}`),
      warn: (words: object, message: string) => told.push(`${message} ${JSON.stringify(words)}`),
    };
    const own = { cert: files.file("supervisor.pem"), key: files.file("supervisor.key"), ca: files.file("ca.pem") };
    const rsmp = { port: 0, host: "127.0.0.1", plain: false, ...own };
    const whole = { ...sampleSite(), intersections: [square], controllers: [config], rsmp };
    const street = need(await startRsmpStreet({ site: whole, clock, log }));
    closers.push(() => street.close());
    const [first] = street.controllers;
    if (first === undefined) throw new Error("the site file has an RSMP site");
    controller = first;
    const supervisor = { host: "127.0.0.1", port: street.port ?? 0 };
    const yaml =
      "security_codes: [one, two]\nintervals: { timer: 0.02 }\nstartup_interval: 0.2\ncomponents: { main: [TC], signal_group: [A1, A2, B1, B2] }";
    const settings = need(readSiteConfig(yaml, { supervisor, siteId: "S1", version: "test" }));
    const theirs = { cert: files.file("site.pem"), key: files.file("site.key"), ca: files.file("ca.pem") };
    const security = need(await readCertificates(theirs));
    const clocks = { monotonic_ms: fastNow_ms, wall_ms: fastNow_ms };
    site = need(Site.start(settings, security, () => undefined, clocks));
    closers.push(() => site.stop());
    [ledger, plans] = [memoryLedger(), memoryPlans()];
    proposals = memoryProposals(ledger);
    const places = [{ controller, intersection: square, virtual: false, approval: "second_person" as const }];
    const events = { append: () => Promise.resolve(), recent: () => Promise.resolve([]) };
    const stores = { proposals, devices: memoryDevices(), plans, events, ledger };
    gate = new Gatekeeper({ places, timezone: "UTC", ...stores, clock, log });
    await gate.start(new AbortController().signal);
    closers.push(() => gate.close());
    await until(() => Promise.resolve(gate.guard.isRead("nordic")));
    // A site flashes while it starts: a plan that is drafted then is out of date as soon as the site runs a plan of its own.
    await until(async () => {
      const shown = await controller.status();
      return shown.ok && shown.value.pattern === 1;
    });
  });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  async function until(done: () => Promise<boolean>): Promise<void> {
    while (!(await done())) await delay(20);
  }

  /** Drafted, approved by another, and carried to its end. */
  async function carried(plan: Plan): Promise<ProposalRecord> {
    const { id } = need(await gate.draft({ plan, reason: "the main road queues", window: null }, lan));
    const state = async () => (await proposals.get(id))?.proposal.state ?? "none";
    await until(async () => ["waiting", "refused"].includes(await state()));
    const record = await proposals.get(id);
    if (record?.proposal.state === "waiting") {
      need(await gate.decide(id, { kind: "approved", reason: "seen" }, minh, record.proposal.steps.length));
      await until(async () => ["confirmed", "failed", "rolled_back"].includes(await state()));
    }
    const now = await proposals.get(id);
    if (now === null) throw new Error("the proposal is kept");
    return now;
  }

  it("gets cycle, offset and splits by its own words, each read back, runs the plan, and is confirmed after three cycles", async () => {
    const done = await carried(planOf(24));
    expect(done.proposal.steps.flatMap((step) => ("problems" in step ? step.problems : []))).toEqual([]);
    expect(done.proposal.state).toBe("confirmed");
    const { tlc } = site;
    expect(tlc.plans.running(tlc.clock.now_ms())).toEqual({ number: 2, source: "forced" });
    expect(tlc.plans.find(2, 0)).toMatchObject({ cycle_s: 40, offset_s: 33 });
    expect(tlc.plans.bandTimeout_min).toBe(5);
    expect(tlc.plans.pattern(tlc.clock.now_ms(), false)?.splits.map(({ split_ds }) => split_ds)).toEqual([
      240, 240, 160, 160,
    ]);
    const read = need(await controller.readTiming());
    expect(read.patterns.find(({ pattern }) => pattern === 2)).toEqual(planOf(24));
    expect(need(await controller.heartbeat())).toMatchObject({ pattern: 2 });
    expect((await plans.inForce()).map(({ plan }) => plan)).toEqual([planOf(24)]);

    // One person alone hands it back to its own choice of plan.
    const place = need(gate.place("nordic"));
    expect((await gate.release(place, "works in the street", minh)).ok).toBe(true);
    expect(tlc.plans.running(tlc.clock.now_ms())).toMatchObject({ number: 1, source: "startup" });
    expect((await ledger.recent(2)).map(({ kind }) => kind)).toContain("device.released");
    expect(need(await controller.heartbeat())).toMatchObject({ pattern: null });
  });

  it("gets nothing that no proof has passed, and nothing that its words cannot say", async () => {
    const short = await carried(planOf(8));
    expect(short.proposal.state).toBe("refused");
    const uneven = planOf(20);
    const odd = {
      ...uneven,
      splits: uneven.splits.map((split) => (split.phase === 6 ? { ...split, split_s: 19 } : split)),
    };
    const told_codes = (record: ProposalRecord) =>
      (newestStep(record.proposal, "rejected") ?? newestStep(record.proposal, "failed"))?.problems.map(
        ({ code }) => code,
      );
    expect((await carried(odd)).proposal.state).toBe("refused");
    const elsewhere = await carried({ ...planOf(24), pattern: 9 });
    expect(told_codes(elsewhere)).toEqual(["RSMP_PLAN_NOT_OURS"]);
    expect(site.tlc.plans.running(site.tlc.clock.now_ms()).source).toBe("startup");
    expect(JSON.stringify(told)).not.toContain('"two"');
  });
});
