/** What the lights of a network show in each second, for queues: may go, may go where nobody comes, may still go, or stands. */
import type { RoadNetwork, SignalProgram } from "../../network/road-network.ts";

export const STANDS = 0;
export const GOES = 1;
export const YIELDS = 2;
/** Its yellow has just begun: whoever rolls goes on, and who waited for a gap leaves. */
export const STILL_GOES = 3;

/** So long after the beginning of yellow whoever rolls cannot stop: 13.9 m/s over twice 4.5 m/s², and a second to see it. */
const rolls_s = 2;

export interface Light {
  readonly cycle_s: number;
  readonly offset_s: number;
  readonly places: number;
  /** At `second * places + place`. */
  readonly shown: Uint8Array;
}

const letters = new Map([
  ["G", GOES],
  ["g", YIELDS],
  ["s", YIELDS],
]);

/** Yellow and red that follow a green. */
function lengthened(shown: Uint8Array, yellow: Uint8Array, places: number): void {
  const cycle_s = shown.length / places;
  const before = shown.slice();
  for (let second = 0; second < cycle_s; second += 1) {
    for (let place = 0; place < places; place += 1) {
      if (yellow[second * places + place] === 0) continue;
      for (let back = 1; back <= rolls_s; back += 1) {
        const then = before[((second - back + cycle_s) % cycle_s) * places + place];
        if (then !== STANDS) shown[second * places + place] = STILL_GOES;
      }
    }
  }
}

export function lightOf({ offset_s, phases }: SignalProgram): Light {
  const places = Math.max(...phases.map(({ state }) => state.length));
  const ends_s: number[] = [];
  let passed_s = 0;
  for (const { duration_s } of phases) {
    passed_s += duration_s;
    ends_s.push(Math.round(passed_s));
  }
  const cycle_s = Math.max(1, ends_s.at(-1) as number);
  const shown = new Uint8Array(cycle_s * places);
  const yellow = new Uint8Array(cycle_s * places);
  let phase = 0;
  for (let second = 0; second < cycle_s; second += 1) {
    while (second >= (ends_s[phase] as number)) phase += 1;
    for (const [place, letter] of [...(phases[phase]?.state ?? "")].entries()) {
      shown[second * places + place] = letters.get(letter) ?? STANDS;
      if (letter === "y" || letter === "Y") yellow[second * places + place] = 1;
    }
  }
  lengthened(shown, yellow, places);
  return { cycle_s, offset_s, places, shown };
}

/** By signal of the network; null for one without a program: everybody goes there. */
export type Lights = readonly (Light | null)[];

export function lightsOf(
  network: RoadNetwork,
  own: readonly (Light | null)[],
  programs: readonly SignalProgram[],
): Lights {
  const planned = new Map(programs.map((program) => [program.signal, program]));
  return network.signals.map((name, signal) => {
    const program = planned.get(name);
    return program === undefined ? (own[signal] ?? null) : lightOf(program);
  });
}
