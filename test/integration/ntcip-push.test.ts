/** A plan pushed over real SNMP, and Debian's `snmpget` as the witness of what the controller holds. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { personsOwn } from "../../controllers/gate/change-limits.ts";
import { pushPlan } from "../../controllers/gate/push-plan.ts";
import { type ObjectName, oid } from "../../controllers/ntcip/oids.ts";
import { COMMUNITY, type Stand, setUpStand } from "../controllers/ntcip/stand.ts";
import { crossroads, crossroadsPlan } from "../support/crossroads.ts";
import { memoryLedger, memoryPlans } from "../support/memory-storage.ts";
import { missing } from "../support/peers.ts";

const run = promisify(execFile);

describe.skipIf(missing("Net-SNMP tools")).each(["v1", "v2c"] as const)("a plan pushed over SNMP %s", (version) => {
  let stand: Stand;

  beforeAll(async () => {
    stand = await setUpStand(version);
  });
  afterAll(() => stand.close());

  async function snmpget(name: ObjectName, ...index: readonly number[]): Promise<number> {
    const { host, port } = stand.device;
    const flags = ["-v", version.slice(1), "-c", COMMUNITY, "-O", "qvn", "-t", "2"];
    const { stdout } = await run("snmpget", [...flags, `${host}:${port}`, oid(name, ...index)]);
    return Number(stdout.trim());
  }

  it("is in the controller exactly as the plan says, and running", async () => {
    const { manager: controller, clock } = stand;
    const order = { controller, intersection: crossroads, plan: crossroadsPlan, clock };
    const records = { ledger: memoryLedger(), plans: memoryPlans(), actor: "test", reasons: [], limits: personsOwn };
    const stop = new AbortController().signal;
    const done = await pushPlan({ ...order, ...records, writing: (work) => work(), stop });
    expect(done.ok).toBe(true);

    const { pattern, cycle_s, offset_s, splits } = crossroadsPlan;
    expect(await snmpget("patternCycleTime", pattern)).toBe(cycle_s);
    expect(await snmpget("patternOffsetTime", pattern)).toBe(offset_s);
    expect(await snmpget("patternSplitNumber", pattern)).toBe(pattern);
    expect(await snmpget("patternSequenceNumber", pattern)).toBe(1);
    for (const { phase, split_s } of splits) {
      expect(await snmpget("splitTime", pattern, phase)).toBe(split_s);
      expect(await snmpget("splitCoordPhase", pattern, phase)).toBe([2, 6].includes(phase) ? 1 : 0);
    }
    expect(await snmpget("systemPatternControl")).toBe(pattern);
    expect(await snmpget("coordPatternStatus")).toBe(pattern);
    expect(stand.device.trips).toEqual([]);
  });
});
