/** `tlLogic` elements, of a network or of an additional file. */
import type { SignalPhase, SignalProgram } from "../network/road-network.ts";
import type { XmlElement } from "./xml.ts";

interface ProgramDraft extends SignalProgram {
  readonly phases: SignalPhase[];
  readonly parameters: Record<string, string>;
}

const longest_s = 1e6;

export class ProgramReader {
  readonly #into: SignalProgram[];
  #open: ProgramDraft | null = null;

  constructor(into: SignalProgram[]) {
    this.#into = into;
  }

  /** False for an element that is no part of a program. */
  take(element: XmlElement): boolean {
    if (element.name === "tlLogic") {
      this.#open = {
        signal: element.text("id"),
        program: element.optional("programID") ?? "0",
        type: element.optional("type") ?? "static",
        offset_s: element.number("offset", 0),
        phases: [],
        parameters: {},
      };
      this.#into.push(this.#open);
      return true;
    }
    if (this.#open === null || element.within.at(-1) !== "tlLogic") return false;
    if (element.name === "phase") this.#open.phases.push(this.#phase(element));
    if (element.name === "param") this.#open.parameters[element.text("key")] = element.text("value");
    return true;
  }

  closed(name: string): void {
    if (name === "tlLogic") this.#open = null;
  }

  #phase(element: XmlElement): SignalPhase {
    const duration_s = element.number("duration", longest_s);
    const state = element.text("state");
    const strange = /[^rugyYGsoO]/.exec(state);
    if (strange !== null) throw element.wrong("SCENARIO_SIGNAL_STATE", { found: strange[0] }, "phase");
    if (!(duration_s > 0 && duration_s <= longest_s)) {
      throw element.wrong("SCENARIO_PHASE_LENGTH", { duration_s }, "phase");
    }
    const min_s = element.number("minDur", duration_s);
    const max_s = element.number("maxDur", element.optional("minDur") === undefined ? duration_s : longest_s);
    const next = element.list("next");
    return { duration_s, state, min_s, max_s, ...(next.length === 0 ? {} : { next: next.map(Number) }) };
  }
}
