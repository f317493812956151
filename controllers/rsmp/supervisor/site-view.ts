/** What the supervisor knows of a site: its components as they show themselves, the sum, alarms, and the last value of each status. */
import type { Message, MessageOf, StatusValue } from "../protocol/messages.ts";

export interface AlarmView {
  readonly component: string;
  readonly code: string;
  readonly active: boolean;
  readonly acknowledged: boolean;
  readonly suspended: boolean;
  readonly changed: string;
}

/** A site that invents components and names without end is kept within these. */
const MOST_COMPONENTS = 2000;
const MOST_ALARMS = 20_000;
const MOST_STATUSES = 20_000;

function keep<K, V>(map: Map<K, V>, key: K, value: V, most: number): void {
  if (map.size < most || map.has(key)) map.set(key, value);
}

export class SiteView {
  readonly #components = new Map<string, string>();
  readonly #alarms = new Map<string, AlarmView>();
  readonly #statuses = new Map<string, StatusValue>();
  #main: string | null = null;
  #sum: readonly boolean[] | null = null;

  /** Ids with their type; `unknown` for one that was only ever named in a message. */
  get components(): ReadonlyMap<string, string> {
    return this.#components;
  }

  /** The component with the aggregated status. */
  get main(): string | null {
    return this.#main;
  }

  get aggregatedStatus(): readonly boolean[] | null {
    return this.#sum;
  }

  get alarms(): readonly AlarmView[] {
    return [...this.#alarms.values()];
  }

  status(component: string, code: string, name: string): StatusValue | undefined {
    return this.#statuses.get(`${code} ${name} ${component}`);
  }

  take(message: Message): void {
    if ("cId" in message && typeof message.cId === "string" && !this.#components.has(message.cId)) {
      keep(this.#components, message.cId, "unknown", MOST_COMPONENTS);
    }
    switch (message.type) {
      case "ComponentList":
        for (const { id, type } of message.components) keep(this.#components, id, type, MOST_COMPONENTS);
        break;
      case "AggregatedStatus":
        this.#main ??= message.cId;
        this.#sum = message.se;
        keep(this.#components, message.cId, "main", MOST_COMPONENTS);
        break;
      case "Alarm":
        this.#takeAlarm(message);
        break;
      case "StatusUpdate":
      case "StatusResponse":
        for (const value of message.sS) {
          keep(this.#statuses, `${value.sCI} ${value.n} ${message.cId}`, value, MOST_STATUSES);
        }
        break;
      default:
        break;
    }
  }

  #takeAlarm({ cId, aCId, aS, ack, sS, aTs }: MessageOf<"Alarm">): void {
    const alarm = {
      component: cId,
      code: aCId,
      active: aS === "Active",
      acknowledged: ack === "Acknowledged",
      suspended: sS === "Suspended",
      changed: aTs ?? "",
    };
    keep(this.#alarms, `${aCId} ${cId}`, alarm, MOST_ALARMS);
  }
}
