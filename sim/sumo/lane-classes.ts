/** `allow` and `disallow` of a lane, as bits. */
import { classBit, everyClass, type RoadClass, vehicleClassNames } from "../network/road-network.ts";

const known = new Set<string>(vehicleClassNames);

function bitsOf(names: string): number {
  if (names.trim() === "all") return everyClass;
  let bits = 0;
  for (const name of names.split(/\s+/)) if (known.has(name)) bits |= classBit(name as RoadClass);
  return bits;
}

export function allowedBits(allow: string | undefined, disallow: string | undefined): number {
  if (allow !== undefined && allow !== "") return bitsOf(allow);
  return disallow === undefined ? everyClass : everyClass & ~bitsOf(disallow);
}
