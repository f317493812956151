/**
 * The poll of once a second: everything the centre must know, in one request on common firmware. The one reader of
 * objects whose bits are cleared by reading.
 */
import type { ControllerStatus } from "../../core/ports/signal-controller.ts";
import { ok, type Result } from "../../core/problems/problem.ts";
import { type AlarmBits, type AlarmName, alarmsIn } from "./alarms.ts";
import { type Cell, cell } from "./cells.ts";
import { flashStatus, shortAlarm } from "./oids.ts";
import { type PatternClock, readPatternClock } from "./pattern-clock.ts";
import { readPreempts } from "./read-preempts.ts";
import { groupCells, hasRow, SCALARS, type ShowingDevice, statusFrom, wordFor } from "./read-status.ts";
import { integerAt } from "./readings.ts";
import type { SnmpLink } from "./snmp-link.ts";

export interface DevicePoll {
  readonly status: ControllerStatus;
  /** `notFlash` when it runs. */
  readonly flash_status: string;
  readonly alarms: readonly AlarmName[];
  readonly alarm_bits: AlarmBits;
  readonly checksum: number | null;
  /** What the device holds of our pattern command. */
  readonly commanded: number | null;
  /** When it was asked; the answer's time is the status's. */
  readonly asked_ms: number;
}

const EXTRA = {
  flash: cell("unitFlashStatus"),
  alarm1: cell("unitAlarmStatus1"),
  alarm2: cell("unitAlarmStatus2"),
  short: cell("shortAlarmStatus"),
  checksum: cell("globalSetIDParameter"),
  command: cell("systemPatternControl"),
} as const;

/** Polls one device; keeps what it was told of its patterns, so that the local clock costs no second request. */
export class Poll {
  readonly #link: SnmpLink;
  readonly #device: ShowingDevice;
  readonly #nowMs: () => number;
  readonly #cells: readonly Cell[];
  /** By pattern, under the checksum they were read at. */
  #clocks = new Map<number, PatternClock>();
  #clocksAt: number | null = null;

  constructor(link: SnmpLink, device: ShowingDevice, nowMs: () => number) {
    this.#link = link;
    this.#device = device;
    this.#nowMs = nowMs;
    this.#cells = [...SCALARS.map((name) => cell(name)), ...groupCells(device.groups), ...Object.values(EXTRA)];
  }

  async run(): Promise<Result<DevicePoll>> {
    const asked_ms = this.#nowMs();
    const read = await this.#link.read(this.#cells);
    if (!read.ok) return read;
    const at_ms = this.#nowMs();
    const at = (what: Cell): number | null => integerAt(read.value, what);
    const pattern = at(cell("coordPatternStatus"));
    const checksum = at(EXTRA.checksum);
    const clock = await this.#clockOf(pattern, checksum);
    if (!clock.ok) return clock;
    const status = statusFrom(read.value, { ...this.#device, at_ms, clock: clock.value });
    if (!status.ok) return status;
    const preempts = await this.#preempts(at(EXTRA.short));
    if (!preempts.ok) return preempts;
    const alarm_bits = { alarm1: at(EXTRA.alarm1), alarm2: at(EXTRA.alarm2), short: at(EXTRA.short) };
    return ok({
      status: { ...status.value, preempts: preempts.value },
      flash_status: wordFor(flashStatus, at(EXTRA.flash) ?? flashStatus.other),
      alarms: alarmsIn(alarm_bits),
      alarm_bits,
      checksum,
      commanded: at(EXTRA.command),
      asked_ms,
    });
  }

  /** Which ones, asked only while the device says that there is one. */
  async #preempts(short: number | null): Promise<Result<readonly number[]>> {
    if (short === null || (short & shortAlarm.preempt) === 0) return ok([]);
    const read = await readPreempts(this.#link);
    if (!read.ok) return read;
    return ok(read.value.filter(({ state }) => state !== "notActive").map(({ preempt }) => preempt));
  }

  /** Null while no pattern runs. */
  async #clockOf(pattern: number | null, checksum: number | null): Promise<Result<PatternClock | null>> {
    if (pattern === null || !hasRow(pattern)) return ok(null);
    if (checksum === null || checksum !== this.#clocksAt) this.#clocks.clear();
    this.#clocksAt = checksum;
    const known = this.#clocks.get(pattern);
    if (known !== undefined) return ok(known);
    const clock = await readPatternClock(this.#link, this.#device, pattern);
    if (clock.ok) this.#clocks.set(pattern, clock.value);
    return clock;
  }
}
