/** What signals showed, whenever one changed: SUMO's `SaveTLSSwitchStates`, and the Indiana codes of each link. */
import type { Simulation } from "../engine/simulation.ts";
import type { SignalProgram } from "../network/road-network.ts";
import type { HiresLog } from "./hires-log.ts";
import { type OutputFormat, Sheet } from "./sheet.ts";
import type { StepListener } from "./step-listener.ts";

/** Indiana codes that begin green, yellow and red of a phase. */
const begins = { green: 1, yellow: 8, red: 10 } as const;

function colour(letter: string): keyof typeof begins | null {
  if (letter === "G" || letter === "g") return "green";
  if (letter === "y" || letter === "Y") return "yellow";
  return letter === "r" || letter === "u" ? "red" : null;
}

export class SignalLog implements StepListener {
  readonly #simulation: Simulation;
  readonly #sheet: Sheet | null;
  readonly #hires: HiresLog;
  readonly #signals: readonly string[];
  readonly #shown: string[];
  /** In force when it began, by signal. */
  readonly #programs: readonly (SignalProgram | null)[];

  constructor(
    folder: string,
    format: OutputFormat,
    simulation: Simulation,
    programs: readonly (SignalProgram | null)[],
    hires: HiresLog,
  ) {
    this.#simulation = simulation;
    this.#programs = programs;
    this.#hires = hires;
    this.#signals = simulation.world.network.signals;
    this.#shown = this.#signals.map(() => "");
    this.#sheet =
      format === "csv"
        ? null
        : new Sheet(folder, format, {
            name: "tls",
            root: "tlsStates",
            schema: "tlsstates_file.xsd",
            element: "tlsState",
            depth: 1,
            columns: ["time", "id", "programID", "phase", "state"],
            leading: [],
          });
  }

  stepped(): void {
    const { now_s, dt } = this.#simulation.world;
    for (let at = 0; at < this.#signals.length; at += 1) {
      const signal = this.#signals[at] as string;
      const state = this.#simulation.shown(signal);
      if (state === this.#shown[at]) continue;
      this.#changed(at, state, this.#shown[at] as string, now_s - dt);
      this.#shown[at] = state;
    }
  }

  #changed(signal: number, state: string, before: string, at_s: number): void {
    const program = this.#programs[signal];
    const sheet = this.#sheet;
    if (sheet !== null) {
      sheet.begin();
      sheet.number(at_s);
      sheet.text(this.#signals[signal] ?? "");
      sheet.text(program?.program ?? "");
      sheet.number(program?.phases.findIndex((phase) => phase.state === state) ?? -1, 0);
      sheet.text(state);
      sheet.end();
    }
    for (let i = 0; i < state.length; i += 1) {
      const now = colour(state.charAt(i));
      if (now !== null && now !== colour(before.charAt(i))) this.#hires.add(at_s, signal, begins[now], i + 1);
    }
  }

  close(): void {
    this.#sheet?.close();
  }
}
