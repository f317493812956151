/** Which files a scenario is: a `.sumocfg`, or a folder with one of those, or with one network and its demand. */
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { readConfig } from "../sumo/read-config.ts";
import { fileChunks } from "./file-chunks.ts";

export interface ScenarioFiles {
  readonly name: string;
  readonly net: string;
  readonly routes: readonly string[];
  readonly additionals: readonly string[];
  readonly begin_s: number;
  readonly end_s: number;
}

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
    name: basename(path).replace(/\.sumocfg$/, ""),
    net: beside(net),
    routes: routes.map(beside),
    additionals: additionals.map(beside),
    begin_s: begin_s ?? 0,
    end_s: end_s ?? (begin_s ?? 0) + usualEnd_s,
  });
}

async function folder(path: string): Promise<Result<ScenarioFiles>> {
  const names = (await readdir(path)).toSorted();
  const ending = (end: string): string[] => names.filter((name) => name.endsWith(end));
  const [config, ...others] = ending(".sumocfg");
  if (config !== undefined && others.length === 0) return configured(join(path, config));
  const nets = ending(".net.xml");
  const [net] = nets;
  if (net === undefined || nets.length > 1) return failed(problem("SCENARIO_NET_COUNT", { path, count: nets.length }));
  const own = net.replace(/\.net\.xml$/, ".rou.xml");
  const routes = names.includes(own) ? [own] : ending(".rou.xml");
  if (routes.length === 0) return failed(problem("SCENARIO_NO_DEMAND", { path }));
  return ok({
    name: basename(path),
    net: join(path, net),
    routes: routes.map((name) => join(path, name)),
    additionals: [],
    begin_s: 0,
    end_s: usualEnd_s,
  });
}

export async function findScenario(given: string): Promise<Result<ScenarioFiles>> {
  const path = resolve(given);
  const kind = await kindOf(path);
  if (kind === null) return failed(problem("SCENARIO_NOT_THERE", { path: given }));
  if (kind === "folder") return folder(path);
  return path.endsWith(".sumocfg") ? configured(path) : failed(problem("SCENARIO_KIND", { path: given }));
}
