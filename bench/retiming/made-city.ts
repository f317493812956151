/** A made city: a grid of signals with uneven spacing and an hour of trips across it, as SUMO's `netgenerate` lays it. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const spacing_m = 250;
/** Vehicles an hour for each signal. */
const tripsPerSignal = 45;
const hour_s = 3600;

/** A small generator of chance (Numerical Recipes, ch. 7.1), so that a city is the same every time. */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const letter = (of: number): string => String.fromCharCode(65 + of);

/** As netgenerate writes a column: one letter, and two for all where one does not do. */
const columnName = (at: number, columns: number): string =>
  columns <= 26 ? letter(at) : letter(Math.floor(at / 26)) + letter(at % 26);

/** Junctions of the grid's last row that stay without a signal, so that there are as many as wanted. */
function withoutSignal(columns: number, rows: number, signals: number): string[] {
  const spare = columns * rows - signals;
  return Array.from({ length: spare }, (_, at) => `${columnName(at, columns)}${rows - 1}`);
}

function layOut(folder: string, signals: number): string {
  const columns = Math.max(2, Math.ceil(Math.sqrt(signals)));
  const rows = Math.max(2, Math.ceil(signals / columns));
  const net = join(folder, "city.net.xml");
  const spare = withoutSignal(columns, rows, Math.max(signals, 2));
  const options = [
    ...["--grid", "--grid.x-number", String(columns), "--grid.y-number", String(rows)],
    ...["--grid.length", String(spacing_m), "--grid.attach-length", "200", "--default.lanenumber", "2"],
    ...["--perturb-x", "norm(0,20)", "--perturb-y", "norm(0,20)", "--seed", "5"],
    ...["--default-junction-type", "traffic_light", "--tls.left-green.time", "6"],
    ...(spare.length > 0 ? ["--tls.unset", spare.join()] : []),
    ...["--no-turnarounds", "true", "-o", net],
  ];
  execFileSync("netgenerate", options, { stdio: "ignore" });
  return net;
}

interface Edges {
  readonly ways: readonly string[];
  readonly goals: readonly string[];
}

/** Streets that begin or end outside. */
function outerEdges(net: string): Edges {
  const text = readFileSync(net, "utf8");
  const ends = new Set([...text.matchAll(/<junction id="([^"]+)" type="dead_end"/g)].map(([, id]) => id as string));
  const edges = [...text.matchAll(/<edge id="([^":]+)" from="([^"]+)" to="([^"]+)"/g)];
  return {
    ways: edges.flatMap(([, id, from]) => (ends.has(from as string) ? [id as string] : [])),
    goals: edges.flatMap(([, id, , to]) => (ends.has(to as string) ? [id as string] : [])),
  };
}

/** Writes the city into a folder, which is then a scenario. */
export function makeCity(folder: string, signals: number): void {
  mkdirSync(folder, { recursive: true });
  const { goals, ways } = outerEdges(layOut(folder, signals));
  const draw = chance(signals);
  const pick = (from: readonly string[]): string => from[Math.floor(draw() * from.length)] as string;
  const count = signals * tripsPerSignal;
  const trips = Array.from({ length: count }, (_, at) => {
    const depart = ((at * hour_s) / count).toFixed(1);
    return `<trip id="t${at}" depart="${depart}" from="${pick(ways)}" to="${pick(goals)}" departLane="best" departSpeed="max"/>`;
  });
  writeFileSync(join(folder, "city.rou.xml"), `<routes>\n${trips.join("\n")}\n</routes>\n`);
}
