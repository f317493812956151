/** Redis where REDIS_URL says so, else inside this process. */
import type { Bus } from "../../core/ports/bus.ts";
import type { Problem } from "../../core/problems/problem.ts";
import { type BusOptions, InProcessBus } from "./in-process-bus.ts";
import { RedisBus } from "./redis-bus.ts";

export interface OpenBus {
  readonly bus: Bus;
  problems(): readonly Problem[];
}

export function openBus(site: string, url: string | undefined, options: BusOptions): OpenBus {
  if (url === undefined) return { bus: new InProcessBus(options), problems: () => [] };
  const bus = new RedisBus({ ...options, url, site });
  return { bus, problems: () => (bus.problem === null ? [] : [bus.problem]) };
}
