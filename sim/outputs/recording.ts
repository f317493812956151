/** Writes the wanted outputs of one run while it goes on. Without one, nothing of this is made, and the engine is not slower. */
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Simulation } from "../engine/simulation.ts";
import type { SignalProgram } from "../network/road-network.ts";
import { Emissions } from "./emissions.ts";
import { HiresLog } from "./hires-log.ts";
import { Loops, loopsOf, loopsXml } from "./loops.ts";
import { makeFolder } from "./make-folder.ts";
import { MeanData } from "./mean-data.ts";
import type { OutputsOrder } from "./outputs-order.ts";
import { Queues } from "./queue.ts";
import { SignalLog } from "./signal-log.ts";
import { statisticsXml } from "./statistics.ts";
import type { StepListener } from "./step-listener.ts";
import { StepWatch } from "./step-watch.ts";
import { Summary } from "./summary.ts";
import { Tripinfo } from "./tripinfo.ts";

interface Output extends StepListener {
  close?(): void;
}

export class Recording {
  readonly #folder: string;
  readonly #simulation: Simulation;
  readonly #emissions: Emissions;
  readonly #outputs: readonly Output[];
  readonly #watch: StepWatch;

  /** `programs`: in force, by signal. Throws what the file system says where the folder cannot be written to. */
  constructor(order: OutputsOrder, simulation: Simulation, programs: readonly (SignalProgram | null)[]) {
    const { world } = simulation;
    const { folder, format, period_s } = order;
    const wanted = new Set(order.kinds);
    this.#folder = folder;
    this.#simulation = simulation;
    makeFolder(resolve(folder));
    this.#emissions = new Emissions(world);
    const [edges, lanes] = [wanted.has("edgedata"), wanted.has("lanedata")];
    this.#outputs = [
      this.#emissions,
      ...(wanted.has("tripinfo") ? [new Tripinfo(folder, format, simulation, this.#emissions)] : []),
      ...(wanted.has("summary") ? [new Summary(folder, format, world)] : []),
      ...(edges || lanes ? [new MeanData(folder, format, world, this.#emissions, { edges, lanes, period_s })] : []),
      ...(wanted.has("queue") ? [new Queues(folder, format, world)] : []),
      ...(wanted.has("events") ? events(order, simulation, programs) : []),
    ];
    this.#watch = new StepWatch(world, this.#outputs);
  }

  /** After every step. */
  note(): void {
    this.#watch.look();
  }

  /** At the end: what was still open is written. */
  close(): void {
    for (const output of this.#outputs) output.close?.();
    writeFileSync(join(this.#folder, "statistics.xml"), statisticsXml(this.#simulation, this.#emissions.totals()));
  }
}

/** In XML the signals' and the loops' files apart, as SUMO has them; the log that holds both is written in either format. */
function events(
  { folder, format }: OutputsOrder,
  simulation: Simulation,
  programs: readonly (SignalProgram | null)[],
): readonly Output[] {
  const { world } = simulation;
  const loops = loopsOf(world);
  const hires = new HiresLog(folder, world.network.signals);
  writeFileSync(join(folder, "loops.add.xml"), loopsXml(loops, world));
  return [
    new SignalLog(folder, format, simulation, programs, hires),
    new Loops(folder, format, world, loops, hires),
    hires,
  ];
}
