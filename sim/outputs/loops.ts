/**
 * A loop on every lane that a signal rules, 2 m before the line, so that whoever waits first in line covers it. As SUMO's
 * `instantInductionLoop` (without its `stay`), and as Indiana codes by channel: 82 when the first covers it, 81 when the last is off.
 */
import { hiresCodes } from "../../core/events/hires.ts";
import { NONE, type World } from "../engine/world.ts";
import type { HiresLog } from "./hires-log.ts";
import { escapedXml, type OutputFormat, Sheet } from "./sheet.ts";
import type { Movement, StepListener } from "./step-listener.ts";

const beforeLine_m = 2;

export interface Loop {
  readonly id: string;
  readonly lane: number;
  readonly at_m: number;
  /** Its place among the signals. */
  readonly signal: number;
  /** From 1 on within its signal. */
  readonly channel: number;
}

export function loopsOf({ network }: World): readonly Loop[] {
  const { lanes, links, signals } = network;
  const loops: Loop[] = [];
  const channels = new Int32Array(signals.length);
  for (let lane = 0; lane < lanes.ids.length; lane += 1) {
    if (network.edges.inside[lanes.edge[lane] as number] === 1) continue;
    const ruled = links.signal
      .subarray(lanes.firstLink[lane], lanes.firstLink[lane + 1])
      .find((signal) => signal !== -1);
    if (ruled === undefined) continue;
    channels[ruled] = (channels[ruled] as number) + 1;
    loops.push({
      id: `loop_${lanes.ids[lane]}`,
      lane,
      at_m: Math.max(0, (lanes.length_m[lane] as number) - beforeLine_m),
      signal: ruled,
      channel: channels[ruled] as number,
    });
  }
  return loops;
}

/** The loops as a SUMO additional file, each with its signal and channel. */
export function loopsXml(loops: readonly Loop[], { network }: World): string {
  const rows = loops.map(({ id, lane, at_m, signal, channel }) =>
    [
      `    <instantInductionLoop id="${escapedXml(id)}" lane="${escapedXml(network.lanes.ids[lane] ?? "")}" pos="${at_m.toFixed(2)}" file="loops.xml">`,
      `        <param key="signal" value="${escapedXml(network.signals[signal] ?? "")}"/>`,
      `        <param key="channel" value="${channel}"/>`,
      "    </instantInductionLoop>",
    ].join("\n"),
  );
  return ["<additional>", ...rows, "</additional>", ""].join("\n");
}

export class Loops implements StepListener {
  readonly #w: World;
  readonly #loops: readonly Loop[];
  readonly #sheet: Sheet | null;
  readonly #hires: HiresLog;
  readonly #byLane: Int32Array;
  /** By vehicle: the loop that it covers, and since when. */
  readonly #over: Int32Array;
  readonly #since_s: Float64Array;
  /** By loop: how many cover it, and when the last was off. */
  readonly #covering: Int32Array;
  readonly #free_s: Float64Array;

  constructor(folder: string, format: OutputFormat, world: World, loops: readonly Loop[], hires: HiresLog) {
    this.#w = world;
    this.#loops = loops;
    this.#hires = hires;
    this.#byLane = new Int32Array(world.front.length).fill(NONE);
    for (const [at, { lane }] of loops.entries()) this.#byLane[lane] = at;
    this.#over = world.seats.whole();
    this.#since_s = world.seats.floats();
    this.#covering = new Int32Array(loops.length);
    this.#free_s = new Float64Array(loops.length).fill(Number.NaN);
    const columns = ["id", "time", "state", "vehID", "speed", "length", "type", "gap", "occupancy"];
    this.#sheet =
      format === "csv"
        ? null
        : new Sheet(folder, format, {
            name: "loops",
            root: "instantE1",
            schema: "instant_e1_file.xsd",
            element: "instantOut",
            depth: 1,
            columns,
            leading: [],
          });
  }

  moved({ v, lane, from_m, to_m, after_s, for_s }: Movement): void {
    const loop = this.#byLane[lane] as number;
    if (loop === NONE) return;
    const at_m = this.#loops[loop]?.at_m as number;
    const start_s = this.#w.now_s - this.#w.dt + after_s;
    const when = (way_m: number): number => start_s + (to_m > from_m ? (way_m / (to_m - from_m)) * for_s : 0);
    const clear_m = at_m + (this.#w.length[v] as number);
    if (this.#over[v] === NONE && to_m >= at_m && from_m < clear_m)
      this.#cover(v, loop, when(Math.max(0, at_m - from_m)));
    if (this.#over[v] === loop && to_m > clear_m) this.#uncover(v, when(Math.max(0, clear_m - from_m)));
  }

  changed(v: number): void {
    if (this.#over[v] !== NONE) this.#uncover(v, this.#w.now_s);
  }

  arrived(v: number): void {
    if (this.#over[v] !== NONE) this.#uncover(v, this.#w.now_s);
  }

  #cover(v: number, loop: number, at_s: number): void {
    this.#over[v] = loop;
    this.#since_s[v] = at_s;
    this.#covering[loop] = (this.#covering[loop] as number) + 1;
    if (this.#covering[loop] === 1) this.#tell(loop, hiresCodes.detector_on, at_s);
    this.#write(v, loop, "enter", at_s);
  }

  #uncover(v: number, at_s: number): void {
    const loop = this.#over[v] as number;
    this.#over[v] = NONE;
    this.#covering[loop] = (this.#covering[loop] as number) - 1;
    if (this.#covering[loop] === 0) this.#tell(loop, hiresCodes.detector_off, at_s);
    this.#write(v, loop, "leave", at_s);
    this.#free_s[loop] = at_s;
  }

  #tell(loop: number, event: number, at_s: number): void {
    const { signal, channel } = this.#loops[loop] as Loop;
    this.#hires.add(at_s, signal, event, channel);
  }

  #write(v: number, loop: number, state: "enter" | "leave", at_s: number): void {
    const w = this.#w;
    const sheet = this.#sheet;
    if (sheet === null) return;
    const departure = w.departureOf(v);
    sheet.begin();
    sheet.text(this.#loops[loop]?.id ?? "");
    sheet.number(at_s);
    sheet.text(state);
    sheet.text(departure?.id ?? "");
    sheet.number(w.speed[v] as number);
    sheet.number(w.length[v] as number);
    sheet.text(w.demand.types[departure?.type ?? 0]?.id ?? "");
    const free_s = this.#free_s[loop] as number;
    if (state === "enter" && !Number.isNaN(free_s)) sheet.number(at_s - free_s);
    else sheet.skip();
    if (state === "leave") sheet.number(at_s - (this.#since_s[v] as number));
    else sheet.skip();
    sheet.end();
  }

  close(): void {
    this.#sheet?.close();
  }
}
