/** T10 with a real `kill -9`: the gate's process dies in the middle of what it does to a device, and another one starts. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ObjectName, oid } from "../../controllers/ntcip/oids.ts";
import type { VirtualControllerHandle } from "../../controllers/virtual/cabinet.ts";
import { startVirtualControllers, type VirtualControllers } from "../../controllers/virtual/virtual-controllers.ts";
import { crossroads, crossroadsPlan } from "../support/crossroads.ts";
import { DataFolders } from "../support/data-folder.ts";

const gateProcess = fileURLToPath(new URL("../support/gate-process.js", import.meta.url));
/** Short enough for second-by-second control, long enough for a process to start. */
const BACKUP_S = 60;
const community = "killed-5a1c";
const folders = new DataFolders();
let street: VirtualControllers;
let device: VirtualControllerHandle;
let ticking: NodeJS.Timeout;
const now_ds = (): number => Math.floor(Date.now() / 100);

beforeAll(async () => {
  street = await startVirtualControllers({
    controllers: [{ id: "cabinet", intersection: crossroads, port: 0, community }],
  });
  const [only] = street.controllers.values();
  if (only === undefined) throw new Error("the virtual controller did not start");
  device = only;
  device.controller.objects.set([{ oid: oid("unitBackupTime"), syntax: "integer", value: BACKUP_S }], "cabinet panel");
  ticking = setInterval(() => street.stepTo(now_ds()), 100);
});
afterAll(async () => {
  clearInterval(ticking);
  await street.close();
  await folders.remove();
});

const holds = (name: ObjectName, ...index: readonly number[]): number => {
  const reading = device.controller.objects.get(oid(name, ...index));
  return typeof reading === "string" || typeof reading.value !== "number" ? Number.NaN : reading.value;
};

interface Line {
  readonly read?: boolean;
  readonly held?: number;
  readonly state?: string | null;
  readonly steps?: readonly string[];
  readonly holds?: string | null;
}

interface Life {
  /** What it said once the device was read. */
  readonly read: Line;
  /** Objects of every SET it sent before that. */
  readonly setsBefore: readonly string[];
}

/** Lives until a SET of it satisfies `fatal`, which the device still carries out, or is done; killed without a word to it. */
async function life(dataDir: string, order: object, fatal: (sets: readonly string[]) => boolean): Promise<Life> {
  const { objects } = device.controller;
  const set = objects.set.bind(objects);
  const sets: string[] = [];
  let child: ChildProcess | null = null;
  Object.assign(objects, {
    set: (writes: Parameters<typeof set>[0], who: string) => {
      sets.push(...writes.map((write) => write.oid));
      const done = set(writes, who);
      if (fatal(sets)) child?.kill("SIGKILL");
      return done;
    },
  });
  const words = JSON.stringify({ intersection: crossroads, community, ...order });
  const started = spawn(process.execPath, [gateProcess, dataDir, String(device.port), words]);
  child = started;
  started.stderr.pipe(process.stderr);
  let read: Line | null = null;
  let setsBefore: readonly string[] = [];
  createInterface({ input: started.stdout }).on("line", (text) => {
    const line = JSON.parse(text) as Line;
    if (line.read === true) [read, setsBefore] = [line, [...sets]];
    if (line.held !== undefined) started.kill("SIGKILL");
  });
  await once(started, "exit");
  Object.assign(objects, { set });
  expect(started.signalCode, "the gate must die by our hand").toBe("SIGKILL");
  if (read === null) throw new Error("it was killed before it had read the device");
  return { read, setsBefore };
}

/** What the device holds of the plan. */
const stored = () => ({
  cycle_s: holds("patternCycleTime", 1),
  offset_s: holds("patternOffsetTime", 1),
  splits: crossroadsPlan.splits.map(({ phase }) => holds("splitTime", 1, phase)),
});

describe("T10: kill -9 of the gate's process", () => {
  it("in the transaction, at the command and while a phase is held: the next one reads first, and nothing stays held", async () => {
    const dataDir = await folders.withDatabase();
    const old = stored();
    const wanted = {
      cycle_s: crossroadsPlan.cycle_s,
      offset_s: crossroadsPlan.offset_s,
      splits: crossroadsPlan.splits.map(({ split_s }) => split_s),
    };
    const values = oid("splitTime", 1, 1).slice(0, -4);
    await life(dataDir, { plan: crossroadsPlan }, (sets) => sets.some((each) => each.startsWith(values)));

    const second = await life(dataDir, { plan: crossroadsPlan }, (sets) => sets.includes(oid("systemPatternControl")));
    expect(second.setsBefore, "nothing is sent before the device was read").toEqual([]);
    expect(second.read).toMatchObject({ state: "interrupted", holds: "old" });
    expect([old, wanted]).toContainEqual(stored());

    const third = await life(dataDir, { hold: 2 }, () => false);
    expect(third.setsBefore).toEqual([]);
    expect(third.read.steps?.slice(-2)).toEqual(["commanded", "resumed"]);
    expect(stored()).toEqual(wanted);
    expect(holds("phaseControlGroupHold", 1)).toBe(2);

    // Nobody says anything to the device any more: its own backup timer ends what we held.
    const later_ds = (BACKUP_S + crossroadsPlan.cycle_s + 1) * 10;
    clearInterval(ticking);
    for (let at_ds = now_ds(), end_ds = at_ds + later_ds; at_ds < end_ds; at_ds += 100) street.stepTo(at_ds);
    expect(holds("phaseControlGroupHold", 1)).toBe(0);
    expect(holds("coordPatternStatus")).not.toBe(1);
    expect(device.trips).toEqual([]);
  });
});
