/** The intersections that the site wants led by a policy: a round a second of each, and what came of it. */
import { DeviceActing } from "../../controllers/index.ts";
import { ActingJunction } from "../../core/adaptive/acting/acting-junction.ts";
import { siteJunction } from "../../core/adaptive/acting/site-junction.ts";
import { RollingSearch } from "../../core/adaptive/rolling-search.ts";
import type { Corridor, Intersection } from "../../core/network/schema.ts";
import type { Bus } from "../../core/ports/bus.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Service } from "../../core/ports/service.ts";
import type { Ledger } from "../../core/ports/storage.ts";
import { type Problem, sentence } from "../../core/problems/problem.ts";
import type { LedPlace, Place } from "../gate/parts.ts";
import { Rounds } from "../service/rounds.ts";
import { ActingIntersection, type ActingMode, type ActingState } from "./acting-intersection.ts";
import { NeighbourNews } from "./neighbour-news.ts";
import { StreetNews } from "./street-news.ts";

export interface AdaptiveParts {
  /** Those that the site wants led; and all that it has, with what joins them. */
  readonly places: readonly LedPlace[];
  readonly site: { readonly intersections: readonly Intersection[]; readonly corridors: readonly Corridor[] };
  /** Why nothing may be written there now: whoever guards devices and changes plans says so. */
  readonly forbidden: (place: Place) => Problem | null;
  readonly bus: Bus;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: { info(words: object, message: string): void; warn(words: object, message: string): void };
}

/** Detectors stand at stop lines: nobody further away is seen. */
const SEEN_M = 15;
const PERIOD_MS = 1000;

export class AdaptiveControl implements Service {
  readonly #parts: AdaptiveParts;
  readonly #led: ReadonlyMap<string, ActingIntersection>;
  readonly #rounds: Rounds;
  readonly #silences: (() => void)[] = [];

  constructor(parts: AdaptiveParts) {
    this.#parts = parts;
    this.#led = new Map(parts.places.map((place) => [place.intersection.id, this.#leading(place)]));
    this.#rounds = new Rounds(parts.clock, () => this.round());
  }

  start(stop: AbortSignal): Promise<void> {
    return this.#rounds.start(stop);
  }

  /** Every device is given back. */
  async close(): Promise<void> {
    await this.#rounds.close();
    for (const silence of this.#silences.splice(0)) silence();
    await Promise.all([...this.#led.values()].map((each) => each.end()));
  }

  /** One look at all of them, which do not wait for each other. How long to pause, ms. */
  async round(): Promise<number> {
    const { clock, log } = this.#parts;
    const began_ms = clock.nowMs();
    await Promise.all(
      [...this.#led].map(([intersection, each]) =>
        each.round().catch((error: unknown) => {
          log.warn({ intersection, error: String(error) }, "adaptive control could not go on");
        }),
      ),
    );
    return Math.max(0, PERIOD_MS - (clock.nowMs() - began_ms));
  }

  states(): readonly ActingState[] {
    return [...this.#led.values()].map(({ state }) => state);
  }

  /** Resolves when the intersection runs its plan: at once where no policy leads it. */
  async standAside(intersection: string): Promise<void> {
    await this.#led.get(intersection)?.standAside();
  }

  leads(intersection: string): boolean {
    return this.#led.get(intersection)?.isActing ?? false;
  }

  /** Those whose devices cannot be led: their plans are what can be adjusted. */
  unled(): readonly Intersection[] {
    return this.#parts.places.flatMap(({ intersection }) =>
      this.#led.get(intersection.id)?.cannot === true ? [intersection] : [],
    );
  }

  #leading(place: LedPlace): ActingIntersection {
    const { bus, clock, forbidden, log, site } = this.#parts;
    const { intersection, controller } = place;
    const junction = siteJunction(intersection, SEEN_M);
    const led = new ActingJunction(intersection, junction, new RollingSearch(junction));
    const news = new StreetNews(intersection, junction);
    const neighbours = new NeighbourNews({ ...site, intersection, junction, stages: led.stages, bus });
    this.#silences.push(
      news.listen(bus, () => clock.nowMs()),
      neighbours.listen(),
    );
    const see = ({ greens }: { readonly greens: number }, dt_s: number) => {
      const sight = news.look(greens, dt_s);
      neighbours.look(sight, greens, dt_s, clock.nowMs());
      return sight;
    };
    return new ActingIntersection({
      intersection: intersection.id,
      controller: controller.id,
      stages: led.stages,
      acting: new DeviceActing({ controller, intersection, junction: led, see, clock }),
      news,
      forbidden: () => forbidden(place),
      turned: (mode, why) => this.#turned(place, mode, why),
      changed: ({ reason, wanted_phases: phases, keep_veh_s, change_veh_s }) => {
        log.info({ intersection: intersection.id, reason, phases, keep_veh_s, change_veh_s }, "another stage");
      },
      clock,
    });
  }

  async #turned({ controller, intersection }: Place, mode: ActingMode, why: Problem | null): Promise<void> {
    const { clock, ledger, log } = this.#parts;
    const who = { intersection: intersection.id, controller: controller.id };
    if (why === null) log.info(who, "led by its policy");
    else log.warn(who, `back to its plan: ${sentence(why)}`);
    await ledger.append(`adaptive.${mode}`, { ...who, why }, clock.nowMs());
  }
}
