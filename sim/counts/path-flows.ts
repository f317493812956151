/**
 * How many drove each way, from how many were counted where. Of all flows that explain the counts the one nearest to the
 * start is taken, by multiplying each way's flow with how much its counts ask for: proportional fitting as Willumsen's entropy
 * model does it (Van Zuylen and Willumsen 1980), in the form that also settles where counts contradict each other, at the
 * Poisson likelihood's maximum (Richardson 1972, Lucy 1974). Flows never get negative.
 */

const rounds = 3000;
/** Settled when no flow changes by more than this share. */
const settled = 1e-6;

type OnWay = readonly (readonly number[])[];

/** What the flows come to at each count. */
function modelledBy(flows: Float64Array, onWay: OnWay, modelled: Float64Array): void {
  modelled.fill(0);
  for (const [way, counts] of onWay.entries()) {
    for (const count of counts) modelled[count] = (modelled[count] as number) + (flows[way] as number);
  }
}

/** How many times more the counts of a way ask for, on average. */
function askedOf(counts: readonly number[], modelled: Float64Array, counted: readonly number[]): number {
  let asked = 0;
  for (const count of counts) {
    const had = modelled[count] as number;
    asked += had > 0 ? (counted[count] as number) / had : 0;
  }
  return asked / counts.length;
}

/**
 * `onWay[w]`: the counts (places in `counted`) that way w takes part in, at least one. `liking[w]`: how much rather it is driven
 * than others, which the counts leave as it is wherever they say nothing.
 */
export function pathFlows(
  onWay: OnWay,
  counted: readonly number[],
  liking: (way: number) => number = () => 1,
): Float64Array {
  const flows = Float64Array.from(onWay, (_, way) => liking(way));
  const modelled = new Float64Array(counted.length);
  for (let round = 0; round < rounds; round += 1) {
    modelledBy(flows, onWay, modelled);
    let change = 0;
    for (const [way, counts] of onWay.entries()) {
      const factor = askedOf(counts, modelled, counted);
      if ((flows[way] as number) > settled) change = Math.max(change, Math.abs(factor - 1));
      flows[way] = (flows[way] as number) * factor;
    }
    if (change < settled) break;
  }
  return flows;
}

/**
 * Whole vehicles: each flow goes up or down to a neighbour, and no sum along the list is off by one or more (systematic
 * rounding with one start between 0 and 1).
 */
export function wholeFlows(flows: Float64Array, start: number): Int32Array {
  let [sum, given] = [start, 0];
  return Int32Array.from(flows, (flow) => {
    sum += flow;
    const whole = Math.floor(sum) - given;
    given += whole;
    return whole;
  });
}
