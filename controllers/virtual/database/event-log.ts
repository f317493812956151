/**
 * The event log of 1201: what `eventLogConfigTable` tells to watch is looked at once a second, and what happened is kept
 * by class, the oldest giving way.
 */
import { eventAction, eventMode, type ObjectName, oid } from "../../ntcip/oids.ts";
import { berInteger } from "../agent/snmp/ber.ts";
import type { Sizes } from "./layout.ts";
import type { SetFault } from "./object-store.ts";
import type { Parameters, Value } from "./parameters.ts";
import type { SideStore } from "./side-store.ts";

interface LoggedEvent {
  readonly id: number;
  readonly time_s: number;
  /** The logged value as an INTEGER in BER. */
  readonly value: readonly number[];
}

/** Reads an integer object by its identifier, null where there is none. */
type ReadInteger = (identifier: string) => number | null;

const LOG_STATUS = { disabled: 2, log: 3, error: 4 } as const;
const STEPS_A_SECOND = 10;

export class EventLog implements SideStore {
  readonly names: readonly ObjectName[] = [
    "eventLogID",
    "eventLogTime",
    "eventLogValue",
    "eventClassClearTime",
    "eventClassNumRowsInLog",
    "eventConfigStatus",
  ];
  readonly #sizes: Sizes;
  readonly #rows: readonly LoggedEvent[][];
  readonly #cleared_s: number[];
  /** What each configuration saw last, and whether its condition held. */
  readonly #before: (number | null)[];
  readonly #held: boolean[];
  /** Numbers of the configurations that log, for the parameters they were read from. */
  #watched: { readonly parameters: Parameters; readonly configs: readonly number[] } | null = null;
  #steps = 0;

  constructor(sizes: Sizes) {
    this.#sizes = sizes;
    this.#rows = Array.from({ length: sizes.eventClasses }, () => []);
    this.#cleared_s = Array.from({ length: sizes.eventClasses }, () => 0);
    this.#before = Array.from({ length: sizes.eventConfigs }, () => null);
    this.#held = Array.from({ length: sizes.eventConfigs }, () => false);
  }

  /** One step of 0.1 s at device time `now_s`. */
  step(now_s: number, parameters: Parameters, read: ReadInteger): void {
    this.#steps += 1;
    if (this.#steps % STEPS_A_SECOND !== 0) return;
    for (const config of this.#configs(parameters)) this.#look(config, now_s, parameters, read);
  }

  value(name: ObjectName, [first = 1, row = 1]: readonly number[]): Value {
    const rows = this.#rows[first - 1] ?? [];
    switch (name) {
      case "eventLogID":
        return rows[row - 1]?.id ?? 0;
      case "eventLogTime":
        return rows[row - 1]?.time_s ?? 0;
      case "eventLogValue":
        return rows[row - 1]?.value ?? [];
      case "eventClassClearTime":
        return this.#cleared_s[first - 1] ?? 0;
      case "eventClassNumRowsInLog":
        return rows.length;
      default:
        return this.#watched?.configs.includes(first) === true ? LOG_STATUS.log : LOG_STATUS.disabled;
    }
  }

  fault(): SetFault | null {
    return null;
  }

  /** `eventClassClearTime`: everything up to then is forgotten. */
  set(_name: ObjectName, [eventClass = 1]: readonly number[], value: Value): void {
    this.#cleared_s[eventClass - 1] = Number(value);
    const rows = this.#rows[eventClass - 1] ?? [];
    rows.splice(0, rows.length, ...rows.filter((event) => event.time_s > Number(value)));
  }

  #configs(parameters: Parameters): readonly number[] {
    if (this.#watched?.parameters === parameters) return this.#watched.configs;
    const numbers = Array.from({ length: this.#sizes.eventConfigs }, (_, at) => at + 1);
    const configs = numbers.filter((config) => parameters.number("eventConfigAction", config) === eventAction.log);
    this.#watched = { parameters, configs };
    return configs;
  }

  #look(config: number, now_s: number, parameters: Parameters, read: ReadInteger): void {
    const value = read(String(parameters.value(oid("eventConfigCompareOID", config))));
    if (value === null) return;
    const before = this.#before[config - 1] ?? null;
    this.#before[config - 1] = value;
    const held = this.#held[config - 1] === true;
    const holds = conditionHolds(parameters, config, value, held);
    this.#held[config - 1] = holds;
    const mode = parameters.number("eventConfigMode", config);
    const happened = mode === eventMode.onChange ? before !== null && before !== value : holds && !held;
    if (mode === eventMode.periodic ? isDue(parameters, config, now_s) : happened) {
      this.#append(parameters, config, now_s, read);
    }
  }

  #append(parameters: Parameters, config: number, now_s: number, read: ReadInteger): void {
    const eventClass = parameters.number("eventConfigClass", config);
    const rows = this.#rows[eventClass - 1];
    if (rows === undefined) return;
    const logged = read(String(parameters.value(oid("eventConfigLogOID", config))));
    rows.push({ id: config, time_s: now_s, value: logged === null ? [] : [...berInteger(logged)] });
    const limit = Math.min(parameters.number("eventClassLimit", eventClass), this.#sizes.events);
    if (rows.length > limit) rows.splice(0, rows.length - limit);
  }
}

function conditionHolds(parameters: Parameters, config: number, value: number, held: boolean): boolean {
  const compare = parameters.number("eventConfigCompareValue", config);
  switch (parameters.number("eventConfigMode", config)) {
    case eventMode.greaterThanValue:
      return value > compare;
    case eventMode.smallerThanValue:
      return value < compare;
    case eventMode.hysteresisBound:
      // Above the upper bound it begins to hold, below the lower one it ends.
      return held ? value >= parameters.number("eventConfigCompareValue2", config) : value > compare;
    case eventMode.andedWithValue:
      return (value & compare) !== 0;
    default:
      return false;
  }
}

/** Periods are tenths of a second; looked at once a second. */
function isDue(parameters: Parameters, config: number, now_s: number): boolean {
  const period_s = Math.max(1, Math.round(parameters.number("eventConfigCompareValue", config) / 10));
  return now_s % period_s === 0;
}
