/** One record a step, as SUMO's `--summary-output`. `duration` is 0: SUMO tells its clock there, and ours gives the same bytes each time. */
import type { World } from "../engine/world.ts";
import { type OutputFormat, Sheet } from "./sheet.ts";
import type { OnTheRoad, StepListener } from "./step-listener.ts";

const halting = 0.1;
const columns = [
  "time",
  "loaded",
  "inserted",
  "running",
  "waiting",
  "ended",
  "arrived",
  "collisions",
  "teleports",
  "halting",
  "stopped",
  "meanWaitingTime",
  "meanTravelTime",
  "meanSpeed",
  "meanSpeedRelative",
  "duration",
] as const;

export class Summary implements StepListener {
  readonly #w: World;
  readonly #sheet: Sheet;
  #due = 0;
  #delay_s = 0;
  #travel_s = 0;

  constructor(folder: string, format: OutputFormat, world: World) {
    this.#w = world;
    this.#sheet = new Sheet(folder, format, {
      name: "summary",
      root: "summary",
      schema: "summary_file.xsd",
      element: "step",
      depth: 1,
      columns,
      leading: [],
    });
  }

  departed(v: number): void {
    this.#delay_s += (this.#w.departed_s[v] as number) - (this.#w.departureOf(v)?.depart_s ?? 0);
  }

  arrived(v: number): void {
    this.#travel_s += (this.#w.arrived_s[v] as number) - (this.#w.departed_s[v] as number);
  }

  stepped(watch: OnTheRoad): void {
    const w = this.#w;
    const { departures } = w.demand;
    const begin_s = w.now_s - w.dt;
    while (this.#due < departures.length && (departures[this.#due]?.depart_s ?? 0) <= begin_s) this.#due += 1;
    let [standing, speed, relative] = [0, 0, 0];
    for (let i = 0; i < watch.count; i += 1) {
      const v = watch.running[i] as number;
      const now = w.speed[v] as number;
      if (now < halting) standing += 1;
      speed += now;
      relative += now / (w.network.lanes.speed_m_s[w.lane[v] as number] as number);
    }
    const sheet = this.#sheet;
    sheet.begin();
    sheet.number(begin_s);
    sheet.number(this.#due, 0);
    sheet.number(watch.inserted, 0);
    sheet.number(watch.count, 0);
    sheet.number(this.#due - watch.inserted, 0);
    sheet.number(watch.arrived, 0);
    sheet.number(watch.arrived, 0);
    sheet.number(0, 0);
    sheet.number(0, 0);
    sheet.number(standing, 0);
    sheet.number(0, 0);
    sheet.number(this.#delay_s / watch.inserted);
    sheet.number(this.#travel_s / watch.arrived);
    sheet.number(speed / watch.count);
    sheet.number(relative / watch.count);
    sheet.number(0, 0);
    sheet.end();
  }

  close(): void {
    this.#sheet.close();
  }
}
