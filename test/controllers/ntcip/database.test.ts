import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ProvedDatabase, sealDatabase } from "../../../controllers/gate/proved-database.ts";
import { compareDatabases } from "../../../controllers/ntcip/database/compare.ts";
import { type DatabaseDocument, databaseSchema, parametersOf } from "../../../controllers/ntcip/database/document.ts";
import { sections } from "../../../controllers/ntcip/database/sections.ts";
import type { NtcipController } from "../../../controllers/ntcip/ntcip-controller.ts";
import { dbState, objectNames, objects, oid } from "../../../controllers/ntcip/oids.ts";
import { type Relay, startRelay } from "./relay.ts";
import { codesOf, type Stand, setUpStand } from "./stand.ts";

const go = new AbortController().signal;
let stand: Stand;
let relay: Relay;
/** The manager whose datagrams pass the relay. */
let relayed: NtcipController;

beforeEach(async () => {
  stand = await setUpStand();
  relay = await startRelay(stand.device.port);
  relayed = stand.another({ port: relay.port, timeout_s: 0.1 });
});
afterEach(async () => {
  await relay.close();
  await stand.close();
});

async function upload(manager = stand.manager): Promise<DatabaseDocument> {
  const read = await manager.device.readDatabase();
  if (!read.ok) throw new Error(codesOf(read).join());
  return read.value;
}

type Rows = readonly Readonly<Record<string, unknown>>[];

/** The document with some fields of some rows otherwise. */
function changed(
  document: DatabaseDocument,
  change: (section: string, row: Readonly<Record<string, unknown>>) => object,
) {
  const entries = Object.entries(document).map(([name, value]) => [
    name,
    Array.isArray(value) ? (value as Rows).map((row) => ({ ...row, ...change(name, row) })) : value,
  ]);
  return databaseSchema.parse(Object.fromEntries(entries)) as DatabaseDocument;
}

/** Longer passage for every phase, another cycle and other splits for pattern 9: some twenty values. */
const better = (document: DatabaseDocument): DatabaseDocument =>
  changed(document, (section, row) => {
    if (section === "phases") return { passage_ds: 33 };
    if (section === "patterns" && row["pattern"] === 9) return { offset_time_s: 7, split_number: 9 };
    return {};
  });

const proved = (document: DatabaseDocument, held: DatabaseDocument): ProvedDatabase<DatabaseDocument> =>
  sealDatabase(document.controller, document, parametersOf(held));

describe("the database document", () => {
  it("states every parameter of the object table that is no secret and no matter of the event log, once", () => {
    const stated = sections.flatMap(({ fields }) => fields.map(({ object }) => object));
    const wanted = objectNames.filter((name) => {
      const { kind, secret } = objects[name];
      return (kind === "P" || kind === "P2") && secret !== true && !name.startsWith("event");
    });
    expect([...stated].sort()).toEqual([...wanted].sort());
    for (const { fields } of sections) expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
  });

  it("calls things as the MIB does, with their units", () => {
    const namesOf = (section: string) => sections.find(({ name }) => name === section)?.fields.map(({ name }) => name);
    expect(namesOf("phases")).toEqual(
      expect.arrayContaining(["walk_s", "yellow_change_ds", "options_bits", "ring", "concurrency"]),
    );
    expect(namesOf("splits")).toEqual(["time_s", "mode", "coord_phase"]);
    expect(namesOf("day_plans")).toEqual(["hour", "minute", "action_number_oid"]);
  });

  it("is what the device holds, and passes its own schema", async () => {
    const document = await upload();
    expect(databaseSchema.parse(JSON.parse(JSON.stringify(document)))).toEqual(document);
    expect(document.phases.find(({ phase }) => phase === 2)).toMatchObject({ yellow_change_ds: 33, ring: 1 });
    expect(document.unit).toMatchObject({ backup_time_s: 300 });
    expect(document.sequences[0]).toEqual({ sequence: 1, ring: 1, data: [1, 2, 3, 4] });
    expect(document.device?.sizes.phase).toBe(16);
  });

  it("is refused with a row twice, an unknown field, or a value out of range", async () => {
    const document = await upload();
    const phases = [...document.phases, document.phases[0]];
    expect(databaseSchema.safeParse({ ...document, phases }).success).toBe(false);
    expect(databaseSchema.safeParse({ ...document, unit: { lights_out: 1 } }).success).toBe(false);
    expect(databaseSchema.safeParse({ ...document, unit: { backup_time_s: 65_536 } }).success).toBe(false);
  });

  it("is compared value by value; a document written by hand speaks only of what it states", async () => {
    const held = await upload();
    expect(compareDatabases(held, held)).toEqual([]);
    expect(compareDatabases(better(held), held)).toHaveLength(16 + 2);
    const byHand = databaseSchema.parse({
      kind: "ntcip-1202-database",
      version: 1,
      controller: "cabinet",
      phases: [{ phase: 2, yellow_change_ds: 40 }],
    }) as DatabaseDocument;
    expect(compareDatabases(byHand, held, { statedOnly: true })).toEqual([
      { name: "phaseYellowChange.2", oid: oid("phaseYellowChange", 2), stated: 40, held: 33 },
    ]);
  });
});

describe("downloading a proved database", () => {
  it("writes what differs, reads every value back, and leaves the device running as it did", async () => {
    const held = await upload();
    const wanted = better(held);
    const done = await stand.manager.downloadDatabase(proved(wanted, held), go);
    expect(codesOf(done)).toEqual([]);
    expect(done.ok && done.value.written).toBe(18);
    expect(done.ok && done.value.read_back).toBeGreaterThan(3000);
    expect(compareDatabases(wanted, await upload())).toEqual([]);
    expect(stand.holds("dbCreateTransaction")).toBe(dbState.normal);
    // Our own work is no local edit.
    expect((await stand.manager.device.poll()).ok).toBe(true);
    expect(stand.manager.device.edits.freeze).toBeNull();
  });

  it.each<[string, (made: ProvedDatabase<DatabaseDocument>) => unknown]>([
    ["an object literal", ({ controller, document, digest, against }) => ({ controller, document, digest, against })],
    ["a JSON round trip", (made) => JSON.parse(JSON.stringify(made))],
  ])("refuses %s without a word to the device", async (_, forge) => {
    const held = await upload();
    const forged = forge(proved(better(held), held)) as ProvedDatabase<DatabaseDocument>;
    expect(codesOf(await relayed.downloadDatabase(forged, go))).toEqual(["DATABASE_NOT_PROVED"]);
    expect(relay.asked).toBe(0);
  });

  it("refuses one that was proved for another controller, or against what the device no longer holds", async () => {
    const held = await upload();
    const other = sealDatabase("elsewhere", better(held), parametersOf(held));
    expect(codesOf(await stand.manager.downloadDatabase(other, go))).toEqual(["DATABASE_ELSEWHERE"]);
    const made = proved(better(held), held);
    stand.edit(44, "phasePassage", 3);
    expect(codesOf(await stand.manager.downloadDatabase(made, go))).toEqual(["DEVICE_TIMING_CHANGED"]);
    expect(stand.holds("phasePassage", 1)).not.toBe(33);
  });

  it("refuses a document that states what the device does not have, and names it", async () => {
    const held = await upload();
    const more = { ...held, patterns: [...held.patterns, { pattern: 200, cycle_time_s: 90 }] };
    const done = await stand.manager.downloadDatabase(proved(more, held), go);
    expect(done).toMatchObject({
      problems: [{ code: "DATABASE_LACKS_OBJECT", words: { name: "patternCycleTime.200" } }],
    });
  });

  it("writes the old values back when the device does not run well under the new ones", async () => {
    const held = await upload();
    // The device says that its plan is bad from the moment the new values are in force.
    relay.gate = () => {
      if (stand.holds("phasePassage", 1) === 33) {
        stand.device.setFaults({ lie: { oid: oid("localFreeStatus"), value: 7 } });
      }
      return true;
    };
    const done = await relayed.downloadDatabase(proved(better(held), held), go);
    expect(codesOf(done)).toEqual(["DATABASE_NOT_CONFIRMED"]);
    expect(compareDatabases(held, await upload())).toEqual([]);
  });

  it("T7: a device that lies in read-back gets its old values back, and nothing is activated", async () => {
    const held = await upload();
    const liar = oid("phasePassage", 4);
    relay.gate = () => {
      if (stand.holds("phasePassage", 1) === 33) stand.device.setFaults({ lie: { oid: liar, value: 34 } });
      return true;
    };
    const done = await relayed.downloadDatabase(proved(better(held), held), go);
    expect(done).toMatchObject({
      ok: false,
      problems: [
        { code: "READ_BACK_DIFFERS", words: { name: "phasePassage.4", sent: "33", read: "34" } },
        // It lies about the old value too, and that is said.
        { code: "DATABASE_ROLL_BACK_FAILED" },
        { code: "READ_BACK_DIFFERS" },
      ],
    });
    stand.device.setFaults({});
    expect(stand.holds("phasePassage", 4)).toBe(held.phases[3]?.["passage_ds"]);
    expect(stand.holds("systemPatternControl")).toBe(0);
  });
});
