/**
 * Plates of vehicles that pass, at cameras whose site file says so: after a crossing the vehicle's pictures are taken from
 * the recording and read, one vehicle after the other, by processes that give way to everything else. Counting never waits
 * for it: what is too much is lost, and said.
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type PasserBy, PassersBy } from "../../core/plates/passers-by.ts";
import type { Bus } from "../../core/ports/bus.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { PassageStore, PlatePassage } from "../../core/ports/passages.ts";
import type { Service } from "../../core/ports/service.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import type { VehicleClass } from "../../core/traffic/vehicle-class.ts";
import type { Ring, VehicleOrder, VehiclesReport } from "../../detectors/index.ts";
import { Rounds } from "../service/rounds.ts";
import { passagePictures } from "./passage-pictures.ts";

export interface PassageCamera {
  readonly camera: string;
  readonly intersection: string;
  readonly country: string;
  readonly keep_h: number;
}

export interface PassageReadingOptions {
  readonly cameras: readonly PassageCamera[];
  readonly bus: Pick<Bus, "subscribe">;
  readonly ring: Ring;
  readonly passages: PassageStore;
  /** Hears every passage that was stored. */
  readonly seen: (passage: PlatePassage) => void;
  readonly readPlates: (
    orders: readonly VehicleOrder[],
    options: { readonly stop: AbortSignal; readonly background: boolean },
  ) => Promise<VehiclesReport>;
  /** Where pictures lie while they are read. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: { warn(words: object, message: string): void };
}

export interface PassageTally {
  readonly read: number;
  readonly unreadable: number;
  /** Too many at once, or not in the recording. */
  readonly lost: number;
  readonly waiting: number;
}

export interface PassageReading extends Service {
  tally(): PassageTally;
  /** Why plates were lost in the last minutes; null when none were. */
  problem(): Problem | null;
}

/** Some twenty minutes of work on one core. */
const MOST_WAITING = 400;
/** Vehicles that one reading process is started for. */
const MOST_AT_ONCE = 6;
const IDLE_MS = 500;
const FORGET_EVERY_MS = 10 * 60_000;
/** Losses are logged once in so long. */
const SAID_MS = 60_000;
const STANDS_MS = 5 * 60_000;

const plateless: readonly VehicleClass[] = ["bicycle", "pedestrian"];

class Reading implements PassageReading {
  readonly #options: PassageReadingOptions;
  readonly #cameras: ReadonlyMap<string, PassageCamera>;
  readonly #passers: PassersBy;
  readonly #gathering: Rounds;
  readonly #reading: Rounds;
  #unsubscribe: readonly (() => void)[] = [];
  #forgotAt_ms = Number.NEGATIVE_INFINITY;
  #read = 0;
  #unreadable = 0;
  #lost = 0;
  #said = { lost: 0, at_ms: Number.NEGATIVE_INFINITY };
  #trouble: { readonly problem: Problem; readonly at_ms: number } | null = null;

  constructor(options: PassageReadingOptions) {
    this.#options = options;
    this.#cameras = new Map(options.cameras.map((each) => [each.camera, each]));
    this.#passers = new PassersBy({
      cameras: options.cameras.map(({ camera }) => camera),
      mostWaiting: MOST_WAITING,
      lost: (why, camera) =>
        this.#lose(
          why === "unseen"
            ? problem("PASSAGE_UNSEEN", { camera })
            : problem("PASSAGES_TOO_MANY", { camera, most: MOST_WAITING }),
        ),
    });
    const { clock } = options;
    this.#gathering = new Rounds(clock, () => {
      this.#passers.gather(clock.nowMs());
      return Promise.resolve(IDLE_MS);
    });
    this.#reading = new Rounds(clock, () => this.#round());
  }

  async start(stop: AbortSignal): Promise<void> {
    const { bus, clock, folder } = this.#options;
    // Pictures that an earlier run was killed over.
    await rm(folder, { recursive: true, force: true });
    this.#unsubscribe = [
      bus.subscribe("view", (view) => this.#passers.saw(view)),
      bus.subscribe("crossing", (crossing) => {
        if (!plateless.includes(crossing.class)) this.#passers.crossed(crossing, clock.nowMs());
      }),
    ];
    await Promise.all([this.#gathering.start(stop), this.#reading.start(stop)]);
  }

  async close(): Promise<void> {
    for (const stop of this.#unsubscribe) stop();
    await Promise.all([this.#gathering.close(), this.#reading.close()]);
  }

  tally(): PassageTally {
    return { read: this.#read, unreadable: this.#unreadable, lost: this.#lost, waiting: this.#passers.waiting };
  }

  problem(): Problem | null {
    const stands = this.#trouble !== null && this.#options.clock.nowMs() - this.#trouble.at_ms < STANDS_MS;
    return stands ? (this.#trouble?.problem ?? null) : null;
  }

  #lose(trouble: Problem): void {
    const { clock, log } = this.#options;
    const at_ms = clock.nowMs();
    this.#lost++;
    this.#trouble = { problem: trouble, at_ms };
    if (at_ms - this.#said.at_ms < SAID_MS) return;
    const lost = this.#lost - this.#said.lost;
    log.warn({ code: trouble.code, ...trouble.words, lost }, "plates of passing vehicles were not read");
    this.#said = { lost: this.#lost, at_ms };
  }

  /** Until nobody waits any more. How long to pause then. */
  async #round(): Promise<number> {
    try {
      while (!this.#reading.ended.aborted) {
        const some = this.#passers.take(MOST_AT_ONCE);
        if (some.length > 0) await this.#readSome(some);
        await this.#forget();
        if (some.length === 0) break;
      }
      return IDLE_MS;
    } catch (error) {
      this.#options.log.warn({ error: String(error) }, "passages could not be stored");
      return SAID_MS;
    }
  }

  async #readSome(some: readonly PasserBy[]): Promise<void> {
    const { folder, readPlates } = this.#options;
    const stop = this.#reading.ended;
    try {
      const pictured: { readonly passer: PasserBy; readonly order: VehicleOrder }[] = [];
      for (const [n, passer] of some.entries()) {
        const order = await this.#order(passer, join(folder, String(n)));
        if (order !== null) pictured.push({ passer, order });
      }
      if (pictured.length === 0 || stop.aborted) return;
      const orders = pictured.map(({ order }) => order);
      const { vehicles, problems } = await readPlates(orders, { stop, background: true });
      for (const [n, { passer }] of pictured.entries()) await this.#keep(passer, vehicles[n], problems);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Null, and counted, when its pictures are not to be had. */
  async #order({ crossing, points }: PasserBy, folder: string): Promise<VehicleOrder | null> {
    const stop = this.#reading.ended;
    const { at_ms, feed: camera } = crossing;
    const frames = await passagePictures(this.#options.ring, { camera, at_ms, points, folder }, stop);
    if (frames.ok) return { country: this.#cameras.get(camera)?.country ?? "", frames: frames.value };
    const [trouble] = frames.problems;
    if (trouble !== undefined && !stop.aborted) this.#lose(trouble);
    return null;
  }

  async #keep(
    { crossing }: PasserBy,
    vehicle: VehiclesReport["vehicles"][number],
    problems: readonly Problem[],
  ): Promise<void> {
    const camera = this.#cameras.get(crossing.feed);
    const [trouble] = problems;
    if (vehicle === undefined && trouble !== undefined && !this.#reading.ended.aborted) this.#lose(trouble);
    if (vehicle === undefined || camera === undefined) return;
    const plate = vehicle?.plate.text ?? null;
    if (vehicle === null || plate === null) {
      this.#unreadable++;
      return;
    }
    const { at_ms, class: kind } = crossing;
    const { camera: id, intersection, keep_h } = camera;
    const { confidence } = vehicle.plate;
    const passage: PlatePassage = { at_ms, camera: id, intersection, class: kind, plate, confidence };
    await this.#options.passages.add(passage, at_ms + keep_h * 3_600_000);
    this.#read++;
    this.#options.seen(passage);
  }

  async #forget(): Promise<void> {
    const now_ms = this.#options.clock.nowMs();
    if (now_ms - this.#forgotAt_ms < FORGET_EVERY_MS) return;
    this.#forgotAt_ms = now_ms;
    await this.#options.passages.forget(now_ms);
  }
}

export const createPassageReading = (options: PassageReadingOptions): PassageReading => new Reading(options);
