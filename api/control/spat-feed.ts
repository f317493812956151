/** Says each status of each controller as a SPAT message, on the bus and to whoever asks for the newest. */
import type { Bus } from "../../core/ports/bus.ts";
import type { Service } from "../../core/ports/service.ts";
import type { ControllerStatus } from "../../core/ports/signal-controller.ts";
import type { PlanStore } from "../../core/ports/storage.ts";
import type { Plan } from "../../core/signal/plan.ts";
import type { SpatMessage } from "../../core/spat/message.ts";
import { SpatTracker } from "../../core/spat/spat-tracker.ts";
import type { Site } from "../site/schema.ts";

export interface SpatFeedOptions {
  readonly site: Site;
  readonly bus: Bus;
  readonly plans: PlanStore;
  readonly log: { warn(words: object, message: string): void };
}

export class SpatFeed implements Service {
  readonly #options: SpatFeedOptions;
  readonly #trackers: ReadonlyMap<string, SpatTracker>;
  readonly #latest = new Map<string, SpatMessage>();
  /** By intersection. */
  #inForce: ReadonlyMap<string, Plan> = new Map();
  #unsubscribe: readonly (() => void)[] = [];
  #reading: Promise<void> = Promise.resolve();

  constructor(options: SpatFeedOptions) {
    this.#options = options;
    this.#trackers = new Map(
      options.site.intersections.map((intersection, at) => [
        intersection.id,
        new SpatTracker({ intersection, number: at + 1 }),
      ]),
    );
  }

  async start(): Promise<void> {
    const { bus } = this.#options;
    await this.#readPlans();
    this.#unsubscribe = [
      bus.subscribe("signal", (status) => this.#tell(status)),
      bus.subscribe("plan", () => {
        this.#reading = this.#reading.then(() => this.#readPlans());
      }),
    ];
  }

  async close(): Promise<void> {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    await this.#reading;
  }

  /** Of each intersection, in the order of their first. */
  latest(): readonly SpatMessage[] {
    return [...this.#latest.values()];
  }

  #tell(status: ControllerStatus): void {
    const { intersection, pattern } = status;
    const tracker = this.#trackers.get(intersection);
    if (tracker === undefined) return;
    const plan = this.#inForce.get(intersection);
    // A pattern that is not of our making is not known second by second.
    const message = tracker.message(status, plan?.pattern === pattern ? plan : null);
    this.#latest.set(intersection, message);
    this.#options.bus.publish("spat", message);
  }

  async #readPlans(): Promise<void> {
    const { log, plans } = this.#options;
    try {
      const held = await plans.inForce();
      this.#inForce = new Map(held.map(({ plan }) => [plan.intersection, plan]));
    } catch (error) {
      log.warn({ error: String(error) }, "the plans in force could not be read; predictions go on with those known");
    }
  }
}
