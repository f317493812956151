/** What SUMO is told of a scenario: its files, linked into a folder of their own, and its command line. */
import { mkdtemp, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ScenarioFiles } from "../scenario/find-scenario.ts";

export interface SumoOrder {
  readonly files: ScenarioFiles;
  /** Additional files with signal programs, loaded last, in this order. */
  readonly plans: readonly string[];
  readonly seed: number;
  readonly step_s: number;
  /** 0: everybody keeps to the middle of a lane. */
  readonly lateral_resolution_m: number;
  /** False: nothing is written that only locks are found by; none are told then. */
  readonly locks?: boolean;
}

export const tripsFile = "trips.xml";
export const standingFile = "standing.xml";
export const waysFile = "ways.xml";
/** So often it is noted where everybody is, to tell later who no longer moved. */
const look_s = 60;

const standing = {
  "fcd-output": standingFile,
  "fcd-output.attributes": "lane,pos",
  "device.fcd.period": look_s,
  "vehroute-output": waysFile,
};

/** A new folder below the system's own for temporary files; who asks removes it. */
export const sumoFolder = (): Promise<string> => mkdtemp(join(tmpdir(), "greenwave-sumo-"));

/** Short names without commas or spaces, which SUMO's lists of files cannot hold; output files of additionals stay in the folder. */
async function linked(folder: string, kind: string, paths: readonly string[]): Promise<string> {
  const names = paths.map((_, at) => `${kind}-${at}.xml${paths[at]?.endsWith(".gz") ? ".gz" : ""}`);
  await Promise.all(paths.map((path, at) => symlink(path, join(folder, names[at] as string))));
  return names.join(",");
}

const pairs = (options: Readonly<Record<string, string | number>>): string[] =>
  Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);

/** Nobody is teleported, and schemas are not fetched from the network. */
export async function sumoArguments(order: SumoOrder, folder: string): Promise<string[]> {
  const { files, plans, seed, step_s, lateral_resolution_m, locks = true } = order;
  const additionals = [...files.additionals, ...plans];
  return [
    ...pairs({
      "net-file": await linked(folder, "net", [files.net]),
      "route-files": await linked(folder, "routes", files.routes),
      ...(additionals.length > 0 ? { "additional-files": await linked(folder, "more", additionals) } : {}),
      begin: files.begin_s,
      end: files.end_s,
      "step-length": step_s,
      ...(lateral_resolution_m > 0 ? { "lateral-resolution": lateral_resolution_m } : {}),
      seed,
      "time-to-teleport": -1,
      "xml-validation": "never",
      "tripinfo-output": tripsFile,
      ...(locks ? standing : {}),
    }),
    "--tripinfo-output.write-unfinished",
    "--tripinfo-output.write-undeparted",
    ...(locks ? ["--vehroute-output.write-unfinished", "--vehroute-output.last-route"] : []),
    "--duration-log.statistics",
    "--no-step-log",
    "--no-warnings",
  ];
}
