/** Signal programs as an additional file of SUMO. */
import type { SignalPhase, SignalProgram } from "../network/road-network.ts";
import { escapedXml } from "../outputs/sheet.ts";

const number = (value: number): string => String(Math.round(value * 1000) / 1000);

function phaseText({ duration_s, state, min_s, max_s }: SignalPhase): string {
  const bounds = min_s === max_s ? "" : ` minDur="${number(min_s)}" maxDur="${number(max_s)}"`;
  return `    <phase duration="${number(duration_s)}" state="${state}"${bounds}/>`;
}

function programText({ signal, program, type, offset_s, phases, parameters }: SignalProgram): string {
  const names = `id="${escapedXml(signal)}" type="${escapedXml(type)}" programID="${escapedXml(program)}"`;
  const params = Object.entries(parameters).map(
    ([key, value]) => `    <param key="${escapedXml(key)}" value="${escapedXml(value)}"/>`,
  );
  return [
    `  <tlLogic ${names} offset="${number(offset_s)}">`,
    ...phases.map(phaseText),
    ...params,
    "  </tlLogic>",
  ].join("\n");
}

export const programsText = (programs: readonly SignalProgram[]): string =>
  ["<additional>", ...programs.map(programText), "</additional>", ""].join("\n");
