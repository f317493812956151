/** Which files of a folder are a CityFlow scenario: told by how they begin, as their names vary. */
import { open } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";

export interface CityflowFiles {
  readonly roadnet: string;
  readonly flow: string;
}

const firstBytes = 4096;

/** A road network is an object that soon names intersections or roads; flows are a list. */
async function kindOf(path: string): Promise<"roadnet" | "flow" | null> {
  const file = await open(path).catch(() => null);
  if (file === null) return null;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(firstBytes), 0, firstBytes, 0);
    const text = buffer.toString("utf8", 0, bytesRead).trimStart();
    if (/^\[\s*(\{|\])/.test(text)) return "flow";
    return /^\{\s*"(intersections|roads)"/.test(text) ? "roadnet" : null;
  } finally {
    await file.close();
  }
}

/** `names`: of the folder's files. Null where none of them is a road network of CityFlow. */
export async function cityflowFolder(folder: string, names: readonly string[]): Promise<Result<CityflowFiles> | null> {
  const found = { roadnet: [] as string[], flow: [] as string[] };
  for (const name of names.filter((each) => each.endsWith(".json"))) {
    const kind = await kindOf(join(folder, name));
    if (kind !== null) found[kind].push(join(folder, name));
  }
  // `roadnet.json` and `flow.json` go before whatever else is there.
  const only = (paths: readonly string[], usual: string): string | undefined =>
    paths.length === 1 ? paths[0] : paths.find((path) => basename(path) === usual);
  if (found.roadnet.length === 0) return null;
  const [roadnet, flow] = [only(found.roadnet, "roadnet.json"), only(found.flow, "flow.json")];
  if (roadnet !== undefined && flow !== undefined) return ok({ roadnet, flow });
  const words = { path: folder, nets: found.roadnet.length, flows: found.flow.length };
  return failed(problem("CITYFLOW_PAIR", words));
}

/** A file of flows, with the road network beside it. */
export async function cityflowOf(flow: string, names: readonly string[]): Promise<Result<CityflowFiles> | null> {
  if ((await kindOf(flow)) !== "flow") return cityflowFolder(dirname(flow), names);
  return cityflowFolder(dirname(flow), [...names.filter((name) => /roadnet/i.test(name)), basename(flow)]);
}
