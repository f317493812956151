/** A demand with more or less traffic than it says: who comes again, or stays at home, depends on the seed. */
import type { Demand } from "../demand/demand.ts";
import { drawDemand } from "../demand/draw.ts";
import { Random } from "../engine/random.ts";

/** Whoever comes again departs up to so much later. */
const mostLater_s = 30;

/** `factor` times the demand; 1 leaves it as it is. */
export function scaledDemand(demand: Demand, factor: number, seed: number): Demand {
  if (factor === 1) return demand;
  const random = new Random(seed);
  const { departures: drawn, ...others } = drawDemand(demand, seed);
  const departures = drawn.flatMap((each) => {
    const times = Math.floor(factor) + (random.next() < factor % 1 ? 1 : 0);
    return Array.from({ length: times }, (_, at) => {
      if (at === 0) return each;
      const later_s = 1 + Math.floor(random.next() * mostLater_s);
      return { ...each, id: `${each.id}${"+".repeat(at)}`, depart_s: each.depart_s + later_s };
    });
  });
  return { ...others, departures: departures.sort((a, b) => a.depart_s - b.depart_s) };
}
