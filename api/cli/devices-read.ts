/** `devices discover`, `read` and `compare`: what a controller is and holds, without a word that changes anything. */
import { type Capabilities, compareDatabases, type Difference, siteDifferences } from "../../controllers/index.ts";
import { ok, type Problem, problem, type Result, sentence } from "../../core/problems/problem.ts";
import { readDatabaseFile, writeDatabaseFile } from "./database-file.ts";
import { type DeviceReach, reachDevice, reachDevices, withDevice } from "./devices-target.ts";
import type { Outcome, VerbArguments } from "./verb.ts";

function discovered(found: Capabilities): string {
  const { controller, address, snmp, make, model, firmware, edition, sizes, missing, central_control } = found;
  const has = Object.entries(sizes).filter(([, rows]) => rows > 0);
  const { possible, reasons } = central_control;
  return [
    `${controller} at ${address} over SNMP ${snmp}: ${[make, model, firmware].filter((word) => word !== "").join(" ")}, ${edition}`,
    `  ${has.map(([name, rows]) => `${name} ${rows}`).join(", ")}`,
    `  ${found.objects_found} of ${found.objects_asked} objects; backup timer ${found.backup_time_s} s; checksum ${found.checksum ?? "none"}`,
    ...(missing.length === 0 ? [] : [`  lacks ${missing.join(", ")}`]),
    `  central control: ${possible ? "possible" : `not possible: ${reasons.join("; ")}`}`,
  ].join("\n");
}

export async function discoverDevices(args: VerbArguments, names: readonly string[]): Promise<Outcome> {
  const reaches = await reachDevices(args, names);
  if (!reaches.ok) return reaches;
  const all = await Promise.all(
    reaches.value.map((reach) => withDevice(args, reach, (device) => device.discover(), { afresh: true })),
  );
  const devices = all.flatMap((each) => (each.ok ? [each.value] : []));
  const problems = all.flatMap((each) => (each.ok ? [] : each.problems));
  const text = devices.map(discovered).join("\n");
  if (problems.length > 0) return { ok: false, problems, document: { devices }, ...(text === "" ? {} : { text }) };
  return { ok: true, document: { ok: true, devices }, text };
}

export async function readDevices(args: VerbArguments, names: readonly string[]): Promise<Outcome> {
  const reach = await reachDevice(args, names);
  if (!reach.ok) return reach;
  const database = await withDevice(args, reach.value, (device) => device.readDatabase());
  if (!database.ok) return database;
  const out = args.text("out");
  const written = out === undefined ? ok(undefined) : await writeDatabaseFile(out, database.value);
  if (!written.ok) return written;
  const rows = Object.entries(database.value).flatMap(([name, value]) =>
    Array.isArray(value) && value.length > 0 ? [`${name} ${value.length}`] : [],
  );
  const where = out === undefined ? "nothing was written; --out makes a file" : `in ${out}`;
  const text = `${reach.value.id}: ${rows.join(", ")}; checksum ${database.value.checksum ?? "none"}; ${where}`;
  return { ok: true, document: { ok: true, database: database.value, out: out ?? null }, text };
}

const shown = (value: Difference["held"]): string =>
  value === null ? "nothing" : typeof value === "object" ? `[${value.join(" ")}]` : String(value);

interface Compared {
  readonly against: string;
  readonly differences: readonly Difference[];
  /** What the site file and the device disagree on, in words. */
  readonly problems: readonly Problem[];
}

async function compared(args: VerbArguments, reach: DeviceReach): Promise<Result<Compared>> {
  const file = args.text("with");
  if (file === undefined) return againstSite(args, reach);
  const document = await readDatabaseFile(file);
  if (!document.ok) return document;
  const held = await withDevice(args, reach, (device) => device.readDatabase());
  if (!held.ok) return held;
  const statedOnly = document.value.device === null;
  const differences = compareDatabases(document.value, held.value, { statedOnly });
  return ok({ against: file, differences, problems: [] });
}

async function againstSite(args: VerbArguments, reach: DeviceReach): Promise<Result<Compared>> {
  const { intersection } = reach;
  if (intersection === null)
    return { ok: false, problems: [problem("DEVICES_NOTHING_TO_COMPARE", { controller: reach.id })] };
  const problems = await withDevice(args, reach, (device) => siteDifferences(device, intersection));
  return problems.ok ? ok({ against: "the site file", differences: [], problems: problems.value }) : problems;
}

export async function compareDevices(args: VerbArguments, names: readonly string[]): Promise<Outcome> {
  const reach = await reachDevice(args, names);
  if (!reach.ok) return reach;
  const found = await compared(args, reach.value);
  if (!found.ok) return found;
  const { against, differences, problems } = found.value;
  const controller = reach.value.id;
  const count = differences.length + problems.length;
  const document = { controller, against, equal: count === 0, differences };
  if (count === 0)
    return { ok: true, document: { ok: true, ...document }, text: `${controller} is as ${against} says` };
  const lines = differences.map(({ name, stated, held }) => `${name}: ${shown(stated)} stated, ${shown(held)} held`);
  const differ = problem("DEVICES_DIFFER", { controller, count, against });
  const told = problems.map((each) => sentence(each));
  return { ok: false, problems: [differ, ...problems], document, text: [...lines, ...told].join("\n") };
}
