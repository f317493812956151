import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { pushVerbOn } from "../../api/cli/push.ts";
import { retimeVerb } from "../../api/cli/retime.ts";
import type { Outcome, Verb, VerbArguments } from "../../api/cli/verb.ts";
import type { HandReport } from "../../api/gate/by-hand.ts";
import { systemClock } from "../../api/service/system-clock.ts";
import { loadSite } from "../../api/site/load.ts";
import { openStorage } from "../../api/storage/open-storage.ts";
import { startVirtualControllers } from "../../controllers/index.ts";
import type { Plan } from "../../core/signal/plan.ts";
import { temporaryFolder } from "../support/greenwave-service.ts";
import { missing } from "../support/peers.ts";
import { streetClock } from "../support/street-clock.ts";

const sampleSite = fileURLToPath(new URL("../../docs/sample-site.yaml", import.meta.url));
const place = "ham-nghi";
const community = "push-test-community";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const argumentsOf = (positionals: string[], options: Record<string, string>): VerbArguments => ({
  positionals,
  text: (name) => options[name],
  flag: () => false,
});

function call(verb: Verb, positionals: string[], options: Record<string, string> = {}): Promise<Outcome> {
  const ignore = (): void => undefined;
  const stop = new AbortController().signal;
  return verb.run(argumentsOf(positionals, options), { stop, json: true, tell: ignore, announce: ignore });
}

async function street() {
  const loaded = await loadSite(sampleSite);
  if (!loaded.ok) throw new Error("the sample site does not load");
  const intersection = loaded.value.site.intersections.find(({ id }) => id === place);
  if (intersection === undefined) throw new Error("the sample has another corridor now");
  const config = { id: "under-test", intersection, port: 0, community };
  const running = await startVirtualControllers({ controllers: [config] });
  const clock = streetClock(Date.now(), (clock_ds) => running.stepTo(clock_ds));
  closers.push(() => running.close());
  const folder = temporaryFolder();
  closers.push(() => folder.remove());
  process.env["PUSH_TEST_COMMUNITY"] = community;
  const port = running.controllers.get("under-test")?.port ?? 0;
  const options = { address: `127.0.0.1:${port}`, "community-env": "PUSH_TEST_COMMUNITY", data: folder.path };
  return { port, folder: folder.path, options, pushVerb: pushVerbOn(clock) };
}

let planned: Promise<Plan> | null = null;
/** Searched once for all tests. */
const planOf = (): Promise<Plan> => {
  planned ??= retimed();
  return planned;
};

async function retimed(): Promise<Plan> {
  const outcome = await call(retimeVerb, []);
  if (!outcome.ok) throw new Error("retime failed on the sample site");
  const plan = (outcome.document as { plans: Plan[] }).plans.find(({ intersection }) => intersection === place);
  if (plan === undefined) throw new Error("no plan for the intersection under test");
  return plan;
}

function planFile(folder: string, plan: unknown): string {
  const file = join(folder, "plan.json");
  writeFileSync(file, JSON.stringify(plan));
  return file;
}

const COORD = "1.3.6.1.4.1.1206.4.2.1.4";

/** Not the synchronous form: the agent that must answer lives in this very process. */
async function snmpget(port: number, oid: string): Promise<number> {
  const args = ["-v2c", "-c", community, "-Oqv", `127.0.0.1:${port}`, oid];
  return Number((await promisify(execFile)("snmpget", args)).stdout);
}

describe.skipIf(missing("Net-SNMP tools"))("greenwave push", () => {
  it("leaves in the controller exactly what the plan says, running, with a ledger that tells of it", async () => {
    const { port, folder, options, pushVerb } = await street();
    const plan = await planOf();
    const outcome = await call(pushVerb, [planFile(folder, plan)], options);
    expect(outcome.ok ? [] : outcome.problems).toEqual([]);
    const [report] = (outcome as { document: { pushed: HandReport[] } }).document.pushed;
    expect(report).toMatchObject({ shadow: { passed: true }, cycles_observed: 3 });
    const pattern = report?.plan.pattern;
    expect(await snmpget(port, `${COORD}.10.0`)).toBe(pattern);
    expect(await snmpget(port, `${COORD}.7.1.2.${pattern}`)).toBe(plan.cycle_s);
    expect(await snmpget(port, `${COORD}.7.1.3.${pattern}`)).toBe(plan.offset_s);
    const row = await snmpget(port, `${COORD}.7.1.4.${pattern}`);
    for (const { phase, split_s } of plan.splits)
      expect(await snmpget(port, `${COORD}.9.1.3.${row}.${phase}`)).toBe(split_s);

    const storage = await openStorage({ dataDir: folder, clock: systemClock });
    if (!storage.ok) throw new Error("the data folder does not open");
    const kinds = (await storage.value.ledger.recent(20)).map(({ kind }) => kind.replace("proposal.", "")).reverse();
    const before = ["drafted", "proved", "shadowed", "approved"];
    const then = ["began", "downloaded", "commanded", "observed", "observed", "observed", "confirmed"];
    expect(kinds).toEqual([...before, ...then]);
    expect(await storage.value.ledger.verify()).toMatchObject({ entries: 11, broken_at: null });
    expect((await storage.value.plans.inForce()).map(({ plan: held }) => held.cycle_s)).toEqual([plan.cycle_s]);
    await storage.value.close();
  });

  it("sends nothing when the gate refuses, and writes the refusal down", async () => {
    const { port, folder, options, pushVerb } = await street();
    const plan = await planOf();
    const short = { ...plan, splits: plan.splits.map((split, i) => (i === 0 ? { ...split, split_s: 5 } : split)) };
    const outcome = await call(pushVerb, [planFile(folder, short)], options);
    expect(outcome.ok).toBe(false);
    expect(await snmpget(port, `${COORD}.7.1.2.1`)).toBe(0);
    const storage = await openStorage({ dataDir: folder, clock: systemClock });
    if (!storage.ok) throw new Error("the data folder does not open");
    const kinds = (await storage.value.ledger.recent(10)).map(({ kind }) => kind);
    expect(kinds).toEqual(["proposal.rejected", "proposal.drafted"]);
    await storage.value.close();
  });

  it("takes no plan that carries clearances, and no file without a plan", async () => {
    const { folder, options, pushVerb } = await street();
    const plan = await planOf();
    const sneaky = await call(pushVerb, [planFile(folder, { ...plan, yellow_s: 2 })], options);
    expect(sneaky).toMatchObject({ ok: false, problems: [{ code: "NOT_A_PLAN" }] });
    const empty = await call(pushVerb, [planFile(folder, { hello: 1 })], options);
    expect(empty).toMatchObject({ ok: false, problems: [{ code: "NO_PLAN_IN_FILE" }] });
  });

  it("says in one sentence that a controller is down", async () => {
    const { folder, options, pushVerb } = await street();
    const outcome = await call(pushVerb, [planFile(folder, await planOf())], { ...options, address: "127.0.0.1:9" });
    expect(outcome).toMatchObject({ ok: false, problems: [{ code: "CONTROLLER_SILENT" }] });
  });
});
