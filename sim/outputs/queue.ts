/** One record for each step and lane with a queue, as SUMO's `--queue-output`. */
import { NONE, type World } from "../engine/world.ts";
import { indented, type OutputFormat, Sheet, seconds } from "./sheet.ts";
import type { StepListener } from "./step-listener.ts";

/** SUMO's experimental length: to the last slower than 5 km/h beyond the lane's first quarter. */
const slow = 5 / 3.6;
const counted = 0.25;
const least_m = 1;

export class Queues implements StepListener {
  readonly #w: World;
  readonly #sheet: Sheet;
  #waited_s = 0;
  #length_m = 0;
  #slow_m = 0;

  constructor(folder: string, format: OutputFormat, world: World) {
    this.#w = world;
    this.#sheet = new Sheet(folder, format, {
      name: "queue",
      root: "queue-export",
      schema: "queue_file.xsd",
      element: "lane",
      depth: 3,
      columns: ["id", "queueing_time", "queueing_length", "queueing_length_experimental"],
      leading: ["timestep"],
    });
  }

  stepped(): void {
    const w = this.#w;
    const sheet = this.#sheet;
    const begin_s = w.now_s - w.dt;
    sheet.around(indented(1, `<data timestep="${seconds(begin_s)}">`));
    sheet.around(indented(2, "<lanes>"));
    sheet.lead(0, begin_s);
    for (let lane = 0; lane < w.front.length; lane += 1) {
      if (w.front[lane] === NONE) continue;
      this.#measure(lane);
      if (this.#length_m <= least_m && this.#slow_m <= least_m) continue;
      sheet.begin();
      sheet.text(w.network.lanes.ids[lane] ?? "");
      sheet.number(this.#waited_s);
      sheet.number(this.#length_m);
      sheet.number(this.#slow_m);
      sheet.end();
    }
    sheet.around(indented(2, "</lanes>"));
    sheet.around(indented(1, "</data>"));
  }

  #measure(lane: number): void {
    const w = this.#w;
    const end = w.network.lanes.length_m[lane] as number;
    this.#waited_s = 0;
    this.#length_m = 0;
    this.#slow_m = 0;
    for (let v = w.front[lane] as number; v !== NONE; v = w.behind[v] as number) {
      const pos = w.pos[v] as number;
      const reach = end - pos + (w.length[v] as number) + (w.minGap[v] as number);
      const waited = w.standing_s[v] as number;
      if (waited > 0) {
        this.#waited_s = Math.max(this.#waited_s, waited);
        this.#length_m = Math.max(this.#length_m, reach);
      }
      if ((w.speed[v] as number) < slow && pos > end * counted) this.#slow_m = Math.max(this.#slow_m, reach);
    }
  }

  close(): void {
    this.#sheet.close();
  }
}
