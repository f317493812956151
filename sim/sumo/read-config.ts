/** What a `.sumocfg` names: files, beside itself, and the span of time. */
import { ok, type Result } from "../../core/problems/problem.ts";
import { readXml } from "./xml.ts";

export interface SumoConfig {
  /** As written: relative to the configuration. */
  readonly nets: readonly string[];
  readonly routes: readonly string[];
  readonly additionals: readonly string[];
  readonly begin_s: number | null;
  readonly end_s: number | null;
}

const listed = (value: string): string[] =>
  value
    .split(/[\s,]+/)
    .map((name) => name.trim())
    .filter((name) => name !== "");

export async function readConfig(
  file: string,
  chunks: AsyncIterable<string> | Iterable<string>,
): Promise<Result<SumoConfig>> {
  const lists = { "net-file": [] as string[], "route-files": [] as string[], "additional-files": [] as string[] };
  const times: { begin: number | null; end: number | null } = { begin: null, end: null };
  const root = "configuration";
  const read = await readXml(file, chunks, root, {
    open: (element) => {
      const { name } = element;
      if (name === "net-file" || name === "route-files" || name === "additional-files") {
        lists[name].push(...listed(element.text("value")));
      } else if (name === "begin" || name === "end") times[name] = element.number("value");
    },
  });
  if (!read.ok) return read;
  return ok({
    nets: lists["net-file"],
    routes: lists["route-files"],
    additionals: lists["additional-files"],
    begin_s: times.begin,
    end_s: times.end,
  });
}
