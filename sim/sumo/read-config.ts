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

/** Options by their long name, their short one and their synonyms; `value` and `v` say the same. */
const options: Readonly<Record<string, "nets" | "routes" | "additionals" | "begin" | "end">> = {
  "net-file": "nets",
  net: "nets",
  n: "nets",
  "route-files": "routes",
  routes: "routes",
  r: "routes",
  "additional-files": "additionals",
  additional: "additionals",
  a: "additionals",
  begin: "begin",
  b: "begin",
  end: "end",
  e: "end",
};
const roots = ["configuration", "sumoConfiguration"];

export async function readConfig(
  file: string,
  chunks: AsyncIterable<string> | Iterable<string>,
): Promise<Result<SumoConfig>> {
  const lists = { nets: [] as string[], routes: [] as string[], additionals: [] as string[] };
  const times: { begin: number | null; end: number | null } = { begin: null, end: null };
  const read = await readXml(file, chunks, roots, {
    open: (element) => {
      const option = Object.hasOwn(options, element.name) ? options[element.name] : undefined;
      if (option === undefined || element.within.length === 0) return;
      const attribute = element.optional("v") === undefined ? "value" : "v";
      if (option === "begin" || option === "end") times[option] = element.time_s(attribute);
      else lists[option].push(...listed(element.text(attribute)));
    },
  });
  if (!read.ok) return read;
  // SUMO's -1: until nobody drives any more.
  const end_s = times.end === null || times.end < 0 ? null : times.end;
  return ok({ ...lists, begin_s: times.begin, end_s });
}
