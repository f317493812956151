/**
 * Counts from a CSV file with a heading. Of movements: `from`, `to` (edges) and `count`; of lanes: `lane` and `count`, which are
 * those who left it over its end. `begin_s` and `end_s` say when; without them it was all of the time.
 */
import { failed, ok, type Place, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import type { RoadNetwork } from "../network/road-network.ts";
import type { MovementCount } from "./count.ts";
import { type LaneCount, laneMovements } from "./lane-movements.ts";

interface Span {
  readonly begin_s: number;
  readonly end_s: number;
}

export interface Counts {
  readonly counts: readonly MovementCount[];
  readonly notes: readonly Problem[];
}

type Counted = Pick<MovementCount, "begin_s" | "end_s" | "count">;
type Row = Readonly<Record<string, string>>;
const mostCounted = 1e6;
const mostRows = 1_000_000;

function rowsOf(file: string, text: string): Result<readonly Row[]> {
  const [heading = "", ...lines] = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const separator = heading.includes(";") ? ";" : ",";
  const cells = (line: string): string[] => line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
  const names = cells(heading).map((name) => name.toLowerCase());
  const where = names.includes("lane") || (names.includes("from") && names.includes("to"));
  if (!where || !names.includes("count")) return failed(problem("COUNTS_HEADING", {}, { file, line: 1 }));
  if (lines.length > mostRows) return failed(problem("COUNTS_TOO_MANY", { most: mostRows }, { file }));
  return ok(lines.map((line) => Object.fromEntries(cells(line).map((cell, at) => [names[at] ?? "", cell]))));
}

class Reader {
  readonly counts: MovementCount[] = [];
  readonly lanes: LaneCount[] = [];
  readonly #file: string;
  readonly #network: RoadNetwork;
  readonly #span: Span;
  readonly #laneNumbers: ReadonlyMap<string, number>;

  constructor(file: string, network: RoadNetwork, span: Span) {
    this.#file = file;
    this.#network = network;
    this.#span = span;
    this.#laneNumbers = new Map(network.lanes.ids.map((id, at) => [id, at]));
  }

  /** Null where the line is as it should be. */
  row(row: Row, line: number): Problem | null {
    const at: Place = { file: this.#file, line };
    const said = (key: string, otherwise: number): number => (row[key] ? Number(row[key]) : otherwise);
    const count = said("count", Number.NaN);
    if (!(count >= 0 && count <= mostCounted)) {
      return problem("COUNTS_NUMBER", { found: (row["count"] ?? "").slice(0, 40) }, at);
    }
    const [begin_s, end_s] = [said("begin_s", this.#span.begin_s), said("end_s", this.#span.end_s)];
    if (!(end_s > begin_s)) return problem("COUNTS_TIME", { begin_s: String(begin_s), end_s: String(end_s) }, at);
    const counted = { begin_s, end_s, count };
    return row["lane"] ? this.#lane(row["lane"], counted, at) : this.#movement(row, counted, at);
  }

  #lane(id: string, counted: Counted, at: Place): Problem | null {
    const lane = this.#laneNumbers.get(id);
    if (lane === undefined) return problem("SCENARIO_LANE_UNKNOWN", { lane: id.slice(0, 60) }, at);
    this.lanes.push({ lane, ...counted });
    return null;
  }

  #movement(row: Row, counted: Counted, at: Place): Problem | null {
    const ids = ["from", "to"].map((key) => row[key] ?? "") as [string, string];
    const strange = ids.find((id) => !this.#network.edges.byId.has(id));
    if (strange !== undefined) return problem("SCENARIO_EDGE_UNKNOWN", { edge: strange.slice(0, 60) }, at);
    const [from, to] = ids.map((id) => this.#network.edges.byId.get(id)) as [number, number];
    if (!this.#leads(from, to)) return problem("COUNTS_NO_MOVEMENT", { from: ids[0], to: ids[1] }, at);
    this.counts.push({ name: ids.join(" "), movements: [[from, to]], ...counted });
    return null;
  }

  #leads(from: number, to: number): boolean {
    const { edges, lanes, links } = this.#network;
    const [first, end] = [edges.firstLane[from] as number, edges.firstLane[from + 1] as number];
    const into = links.to.subarray(lanes.firstLink[first] as number, lanes.firstLink[end] as number);
    return into.some((lane) => lanes.edge[lane] === to);
  }
}

export function readCounts(file: string, text: string, network: RoadNetwork, span: Span): Result<Counts> {
  const rows = rowsOf(file, text);
  if (!rows.ok) return rows;
  const reader = new Reader(file, network, span);
  for (const [at, row] of rows.value.entries()) {
    if (Object.values(row).every((cell) => cell === "")) continue;
    const wrong = reader.row(row, at + 2);
    if (wrong !== null) return failed(wrong);
  }
  const { counts, unclear } = laneMovements(network, reader.lanes);
  if (counts.length + reader.counts.length === 0) return failed(problem("COUNTS_NONE", {}, { file }));
  const notes = unclear.length === 0 ? [] : [problem("COUNTS_LANES_LEFT_OUT", { lanes: unclear.join(", ") }, { file })];
  return ok({ counts: [...reader.counts, ...counts], notes });
}
