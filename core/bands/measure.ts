/**
 * Bands as a driver meets them. Cars leave the first light at every instant of the cycle at which something could
 * change, and are driven from light to light; the longest run of departures that meets no red is the band. Nothing
 * here is shared with what computes bands: it proves them.
 */

export interface DrivenLight {
  readonly greenBegins_s: number;
  readonly green_s: number;
  /** Time until the same green begins again. */
  readonly period_s: number;
  /** Driving time from the light before; of no matter for the first. */
  readonly fromPrevious_s: number;
}

export interface DrivenBand {
  readonly width_s: number;
  /** First departure of the band at the first light driven past; 0 for a band without width. */
  readonly begins_s: number;
}

/** Instants nearer than this are one, told apart by rounding. */
const SAME_INSTANT_S = 1e-9;

/** Lights in the order in which they are passed. */
export function driveThrough(lights: readonly DrivenLight[], cycle_s: number): DrivenBand {
  const instants = changes(lights, cycle_s);
  const passes = instants.map((from_s, i) => {
    const until_s = instants[i + 1] ?? cycle_s;
    return { from_s, until_s, green: meetsNoRed(lights, (from_s + until_s) / 2) };
  });
  if (passes.every(({ green }) => green)) return { width_s: cycle_s, begins_s: 0 };
  return longestRun(passes, cycle_s);
}

/** Departures, in order and from 0 on, at which the colour that some light will show on arrival changes. */
function changes(lights: readonly DrivenLight[], cycle_s: number): readonly number[] {
  const found = new Set([0]);
  let onTheWay_s = 0;
  for (const [i, light] of lights.entries()) {
    if (i > 0) onTheWay_s += light.fromPrevious_s;
    for (const shown_s of [light.greenBegins_s, light.greenBegins_s + light.green_s]) {
      let departure_s = shown_s - onTheWay_s;
      departure_s -= Math.floor(departure_s / cycle_s) * cycle_s;
      for (let again_s = departure_s; again_s < departure_s + cycle_s - 1e-6; again_s += light.period_s) {
        found.add(again_s < cycle_s ? again_s : again_s - cycle_s);
      }
    }
  }
  const inOrder = [...found].toSorted((a, b) => a - b);
  return inOrder.filter((instant_s, i) => i === 0 || instant_s - (inOrder[i - 1] ?? 0) > SAME_INSTANT_S);
}

function meetsNoRed(lights: readonly DrivenLight[], departure_s: number): boolean {
  let now_s = departure_s;
  for (const [i, { greenBegins_s, green_s, period_s, fromPrevious_s }] of lights.entries()) {
    if (i > 0) now_s += fromPrevious_s;
    const sinceGreen_s = now_s - greenBegins_s;
    if (sinceGreen_s - Math.floor(sinceGreen_s / period_s) * period_s >= green_s) return false;
  }
  return true;
}

interface Pass {
  readonly from_s: number;
  readonly until_s: number;
  readonly green: boolean;
}

/** At least one departure meets red. The cycle is gone round once, from behind such a departure. */
function longestRun(passes: readonly Pass[], cycle_s: number): DrivenBand {
  const red = passes.findIndex(({ green }) => !green);
  let best: DrivenBand = { width_s: 0, begins_s: 0 };
  let [width_s, begins_s] = [0, 0];
  for (let step = 1; step <= passes.length; step++) {
    const pass = passes[(red + step) % passes.length];
    if (pass === undefined || !pass.green) {
      width_s = 0;
      continue;
    }
    if (width_s === 0) begins_s = pass.from_s % cycle_s;
    width_s += pass.until_s - pass.from_s;
    if (width_s > best.width_s) best = { width_s, begins_s };
  }
  return best;
}
