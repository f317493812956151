/** Signal programs as an additional file of SUMO. */
import type { SignalProgram } from "../network/road-network.ts";

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const number = (value: number): string => String(Math.round(value * 1000) / 1000);

function programText({ signal, program, offset_s, phases }: SignalProgram): string {
  const head = `  <tlLogic id="${escaped(signal)}" type="static" programID="${escaped(program)}" offset="${number(offset_s)}">`;
  const rows = phases.map(({ duration_s, state }) => `    <phase duration="${number(duration_s)}" state="${state}"/>`);
  return [head, ...rows, "  </tlLogic>"].join("\n");
}

/** Fixed programs only: `type` is written as static. */
export const planText = (programs: readonly SignalProgram[]): string =>
  ["<additional>", ...programs.map(programText), "</additional>", ""].join("\n");
