/** SUMO's tripinfo, added up by the rules of our own engine: docs/reference/simulation.md. */
import type { Result } from "../../core/problems/problem.ts";
import type { SimulationResult } from "../engine/simulation.ts";
import { TypeSums } from "../engine/type-sums.ts";
import { fileChunks } from "../scenario/file-chunks.ts";
import { readXml, type XmlElement } from "../sumo/xml.ts";

export type TripSums = Omit<SimulationResult, "lock" | "vehicle_updates"> & { readonly driven_s: number };

class TripSum {
  #due = 0;
  #inserted = 0;
  #unfinished = 0;
  readonly #types = new TypeSums();
  readonly #sums = { delay: 0, waiting: 0, travel: 0, stops: 0 };

  /** A `tripinfo`: `depart` is negative of the never inserted, whose departDelay runs until the end. */
  take(trip: XmlElement): void {
    this.#due += 1;
    const lost_s = trip.number("departDelay") + trip.number("timeLoss");
    const isIn = trip.number("depart") >= 0;
    this.#types.take(trip.optional("vType") ?? "", lost_s, isIn ? trip.number("duration") : null);
    this.#sums.delay += lost_s;
    if (!isIn) return;
    this.#inserted += 1;
    if (trip.number("arrival") < 0) this.#unfinished += 1;
    this.#sums.waiting += trip.number("waitingTime");
    this.#sums.travel += trip.number("duration");
    this.#sums.stops += trip.number("waitingCount");
  }

  result(): TripSums {
    const { delay, waiting, travel, stops } = this.#sums;
    const [due, inserted] = [Math.max(1, this.#due), Math.max(1, this.#inserted)];
    return {
      delay_s: delay / due,
      waiting_s: waiting / inserted,
      travel_time_s: travel / inserted,
      stops: stops / inserted,
      inserted: this.#inserted,
      never_inserted: this.#due - this.#inserted,
      unfinished: this.#unfinished,
      types: this.#types.totals,
      driven_s: travel,
    };
  }
}

export async function readTrips(file: string): Promise<Result<TripSums>> {
  const sum = new TripSum();
  const read = await readXml(file, fileChunks(file), ["tripinfos"], {
    open: (element) => {
      if (element.name === "tripinfo") sum.take(element);
    },
  });
  return read.ok ? { ok: true, value: sum.result() } : read;
}
