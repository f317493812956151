/** Where feeds deliver: flow intervals into storage before anyone hears of them, the rest onto the bus. */
import type { Bus } from "../../core/ports/bus.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { DetectionSink, DetectorEvent, Sightings } from "../../core/ports/detection-feed.ts";
import type { Service } from "../../core/ports/service.ts";
import type { EventLog, FlowStore, MovementStore } from "../../core/ports/storage.ts";

export interface DetectionSinkOptions {
  readonly flows: FlowStore;
  readonly movements: MovementStore;
  readonly events: EventLog;
  readonly bus: Bus;
  readonly clock: Clock;
  /** Who judges what is seen; nobody where there are no rules. */
  readonly judge: (sightings: Sightings) => void;
  readonly log: { warn(words: object, message: string): void };
}

const FLUSH_MS = 1000;
/** Some 40 channels for minutes on end; beyond that the oldest are dropped and the loss is said. */
const MOST_WAITING = 20_000;

/** Detector events are many and small: they are stored in batches, once a second. */
export function createDetectionSink(options: DetectionSinkOptions): Service & { readonly sink: DetectionSink } {
  const { flows, movements, events, bus, clock, log } = options;
  const ended = new AbortController();
  let waiting: DetectorEvent[] = [];
  let dropped = 0;
  let loop: Promise<void> = Promise.resolve();

  const keep = (event: DetectorEvent): void => {
    if (waiting.length >= MOST_WAITING) {
      waiting.shift();
      dropped += 1;
    }
    waiting.push(event);
  };

  const flush = async (): Promise<void> => {
    if (dropped > 0) log.warn({ dropped }, "storage is behind: detector events were dropped, oldest first");
    dropped = 0;
    if (waiting.length === 0) return;
    const batch = waiting;
    waiting = [];
    try {
      await events.append(batch);
    } catch (error) {
      waiting = [...batch, ...waiting].slice(-MOST_WAITING);
      log.warn({ error: String(error), waiting: waiting.length }, "detector events could not be stored; trying again");
    }
  };

  const run = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      await clock.sleep(FLUSH_MS, ended.signal).catch(() => undefined);
      await flush();
    }
  };

  return {
    sink: {
      status: (status) => bus.publish("feed", status),
      flowInterval: async (interval) => {
        await flows.append([interval]);
        bus.publish("flow", interval);
      },
      detectorEvent: (event) => {
        keep(event);
        bus.publish("detector", event);
      },
      crossing: (crossing) => bus.publish("crossing", crossing),
      movement: (movement) => bus.publish("movement", movement),
      movementInterval: (interval) => movements.append([interval]),
      view: (view) => bus.publish("view", view),
      sightings: (sightings) => options.judge(sightings),
    },
    start: () => {
      loop = run();
      return Promise.resolve();
    },
    close: async () => {
      ended.abort();
      await loop;
    },
  };
}
