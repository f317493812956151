/** Which files a scenario is: a `.sumocfg`, or a folder with one of those, or with one network and its demand, SUMO's or CityFlow's. */
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { z } from "zod";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { type SiteStreets, siteStreetsSchema } from "../site/schema.ts";
import { readConfig } from "../sumo/read-config.ts";
import { fileChunks } from "./file-chunks.ts";
import { type CityflowFiles, cityflowFolder, cityflowOf } from "./find-cityflow.ts";

/** `kind`: by whose readers `openScenario` opens it. */
export const scenarioFilesSchema = z.strictObject({
  kind: z.enum(["sumo", "cityflow", "site"]),
  name: z.string(),
  net: z.string(),
  routes: z.array(z.string()).readonly(),
  additionals: z.array(z.string()).readonly(),
  /** Of a CSV file: what was counted takes the place of the demand. */
  counts: z.string().optional(),
  /** Of a site, whose file is read by those who know all of it. */
  site: siteStreetsSchema.optional(),
  begin_s: z.number(),
  end_s: z.number(),
});

export type ScenarioFiles = Readonly<z.infer<typeof scenarioFilesSchema>>;

const usualEnd_s = 3600;

async function kindOf(path: string): Promise<"file" | "folder" | null> {
  try {
    return (await stat(path)).isDirectory() ? "folder" : "file";
  } catch {
    return null;
  }
}

async function configured(path: string): Promise<Result<ScenarioFiles>> {
  const read = await readConfig(path, fileChunks(path));
  if (!read.ok) return read;
  const { nets, routes, additionals, begin_s, end_s } = read.value;
  const [net] = nets;
  if (net === undefined || nets.length > 1) return failed(problem("SCENARIO_NET_COUNT", { path, count: nets.length }));
  const beside = (name: string): string => resolve(dirname(path), name);
  return ok({
    kind: "sumo",
    name: basename(path).replace(/\.sumocfg$/, ""),
    net: beside(net),
    routes: routes.map(beside),
    additionals: additionals.map(beside),
    begin_s: begin_s ?? 0,
    end_s: end_s ?? (begin_s ?? 0) + usualEnd_s,
  });
}

function cityflow(name: string, found: Result<CityflowFiles>): Result<ScenarioFiles> {
  if (!found.ok) return found;
  const { roadnet, flow } = found.value;
  const times = { begin_s: 0, end_s: usualEnd_s };
  return ok({ kind: "cityflow", name, net: roadnet, routes: [flow], additionals: [], ...times });
}

/** Of one kind, packed or not: what is named after the network, or all of them. */
function beside(names: readonly string[], stem: string, kind: string): string[] {
  const all = names.filter((name) => name.endsWith(`.${kind}.xml`) || name.endsWith(`.${kind}.xml.gz`));
  const own = all.filter((name) => name.startsWith(`${stem}.${kind}.`));
  return own.length > 0 ? own : all;
}

async function folder(path: string): Promise<Result<ScenarioFiles>> {
  const names = (await readdir(path)).toSorted();
  const [config, ...others] = names.filter((name) => name.endsWith(".sumocfg"));
  if (config !== undefined && others.length === 0) return configured(join(path, config));
  const nets = names.filter((name) => /\.net\.xml(\.gz)?$/.test(name));
  const [net] = nets;
  const foreign = net === undefined ? await cityflowFolder(path, names) : null;
  if (foreign !== null) return cityflow(basename(path), foreign);
  if (net === undefined || nets.length > 1) return failed(problem("SCENARIO_NET_COUNT", { path, count: nets.length }));
  const stem = net.replace(/\.net\.xml(\.gz)?$/, "");
  const routed = beside(names, stem, "rou");
  const routes = routed.length > 0 ? routed : beside(names, stem, "trips");
  return ok({
    kind: "sumo",
    name: basename(path),
    net: join(path, net),
    routes: routes.map((name) => join(path, name)),
    additionals: [],
    begin_s: 0,
    end_s: usualEnd_s,
  });
}

/** A site that was read, for an hour. */
export const siteFiles = (name: string, site: SiteStreets): ScenarioFiles => ({
  kind: "site",
  name,
  net: "",
  routes: [],
  additionals: [],
  site,
  begin_s: 0,
  end_s: usualEnd_s,
});

export async function findScenario(given: string): Promise<Result<ScenarioFiles>> {
  const path = resolve(given);
  const kind = await kindOf(path);
  if (kind === null) return failed(problem("SCENARIO_NOT_THERE", { path: given }));
  if (kind === "folder") return folder(path);
  if (path.endsWith(".sumocfg")) return configured(path);
  const foreign = path.endsWith(".json") ? await cityflowOf(path, (await readdir(dirname(path))).toSorted()) : null;
  if (foreign !== null) return cityflow(basename(path, ".json"), foreign);
  return failed(problem("SCENARIO_KIND", { path: given }));
}
