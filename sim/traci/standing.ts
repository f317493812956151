/**
 * Locks in what SUMO wrote. It tells every minute where each vehicle is; a lock is a ring of vehicles at the heads of their
 * lanes of which each stands in the way of the one before it, and none has moved for five minutes.
 */
import { join } from "node:path";
import { ProblemError } from "../../core/problems/problem.ts";
import type { RoadNetwork } from "../network/road-network.ts";
import { fileChunks } from "../scenario/file-chunks.ts";
import { readXml, type XmlElement } from "../sumo/xml.ts";
import { type Heads, InTheWay } from "./in-the-way.ts";
import { firstRing } from "./ring.ts";
import { standingFile, waysFile } from "./sumo-inputs.ts";

const locked_s = 300;
/** Who stands may still roll so far. */
const still_m = 0.5;

interface Standing {
  lane: number;
  pos_m: number;
  since_s: number;
}

class Watch {
  readonly #vehicles = new Map<string, Standing>();
  readonly #heads = new Map<number, string>();
  #now_s = 0;

  begin(now_s: number): void {
    this.#now_s = now_s;
    this.#heads.clear();
  }

  see(id: string, lane: number, pos_m: number): void {
    const known = this.#vehicles.get(id);
    if (known === undefined) {
      this.#vehicles.set(id, { lane, pos_m, since_s: this.#now_s });
    } else if (known.lane !== lane || pos_m - known.pos_m > still_m) {
      known.lane = lane;
      known.pos_m = pos_m;
      known.since_s = this.#now_s;
    }
    const head = this.#vehicles.get(this.#heads.get(lane) ?? "");
    if (head === undefined || head.pos_m < pos_m) this.#heads.set(lane, id);
  }

  stuck(): Heads {
    const long = ([, id]: readonly [number, string]): boolean =>
      this.#now_s - (this.#vehicles.get(id)?.since_s ?? this.#now_s) >= locked_s;
    return new Map([...this.#heads].filter(long));
  }
}

/** Calls `look` with the heads of each moment that has any, until it answers true. */
async function eachMoment(network: RoadNetwork, folder: string, look: (heads: Heads) => boolean): Promise<void> {
  const lanes = new Map(network.lanes.ids.map((id, lane) => [id, lane]));
  const watch = new Watch();
  const file = join(folder, standingFile);
  let found = false;
  const read = await readXml(file, fileChunks(file), ["fcd-export"], {
    open: (element: XmlElement) => {
      if (element.name === "timestep") watch.begin(element.number("time"));
      else if (element.name === "vehicle" && !found) {
        const lane = lanes.get(element.text("lane"));
        if (lane !== undefined) watch.see(element.text("id"), lane, element.number("pos"));
      }
    },
    close: (name) => {
      if (name !== "timestep" || found) return;
      const heads = watch.stuck();
      if (heads.size > 0) found = look(heads);
    },
  });
  if (!read.ok) throw new ProblemError(read.problems);
}

async function readWays(folder: string): Promise<ReadonlyMap<string, string>> {
  const file = join(folder, waysFile);
  const ways = new Map<string, string>();
  let id = "";
  const read = await readXml(file, fileChunks(file), ["routes"], {
    open: (element) => {
      if (element.name === "vehicle") id = element.text("id");
      else if (element.name === "route") ways.set(id, element.text("edges"));
    },
  });
  if (!read.ok) throw new ProblemError(read.problems);
  return ways;
}

/** Vehicles of the first lock, each waiting for the next; empty without one. Throws `ProblemError` where an output cannot be read. */
export async function findLock(network: RoadNetwork, folder: string): Promise<readonly string[]> {
  let any = false;
  await eachMoment(network, folder, () => {
    any = true;
    return true;
  });
  if (!any) return [];
  const inTheWay = new InTheWay(network, await readWays(folder));
  let ring: readonly string[] = [];
  await eachMoment(network, folder, (heads) => {
    ring = firstRing([...heads.values()], inTheWay.among(heads));
    return ring.length > 0;
  });
  return ring;
}
