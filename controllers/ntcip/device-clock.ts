/** The clock of a device against ours: read with the way there and back taken off, and set. */
import type { Clock } from "../../core/ports/clock.ts";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import { cell } from "./cells.ts";
import { integerAt } from "./readings.ts";
import type { SnmpLink } from "./snmp-link.ts";

export interface DeviceClock {
  readonly controller: string;
  readonly at_ms: number;
  /** The device's clock minus ours, seconds; known to `error_s` either way, as `globalTime` has whole seconds. */
  readonly drift_s: number;
  readonly error_s: number;
  /** Local standard time minus UTC as the device has it; null where it lacks the object. */
  readonly local_differential_s: number | null;
  /** `globalDaylightSaving`; null where it lacks the object. */
  readonly daylight_saving: number | null;
}

/** More than this moves every offset of the device: an alarm (docs/reference/controllers.md). */
const DRIFT_LIMIT_S = 1;

const TIME = cell("globalTime");
const DIFFERENTIAL = cell("globalLocalTimeDifferential");
const DAYLIGHT = cell("globalDaylightSaving");
/** Half of a counter that has only whole seconds. */
const HALF_S = 0.5;

interface Target {
  readonly link: SnmpLink;
  readonly controller: string;
  readonly clock: Clock;
}

/** The device's second has run for half a second on average when it is asked in the middle of the way there and back. */
export async function readClock({ link, controller, clock }: Target): Promise<Result<DeviceClock>> {
  const sent_ms = clock.nowMs();
  const read = await link.read([TIME, DIFFERENTIAL, DAYLIGHT]);
  if (!read.ok) return read;
  const at_ms = clock.nowMs();
  const time_s = integerAt(read.value, TIME);
  if (time_s === null) return failed(problem("CONTROLLER_LACKS", { controller, name: "globalTime.0" }));
  const half_way_s = (at_ms - sent_ms) / 2000;
  const drift_s = time_s + HALF_S - (sent_ms / 1000 + half_way_s);
  return ok({
    controller,
    at_ms,
    drift_s: Number(drift_s.toFixed(3)),
    error_s: Number((HALF_S + half_way_s).toFixed(3)),
    local_differential_s: integerAt(read.value, DIFFERENTIAL),
    daylight_saving: integerAt(read.value, DAYLIGHT),
  });
}

/** That it is beyond the limit; null while it is not. */
export function clockDrift(clock: DeviceClock): Problem | null {
  const { controller, drift_s } = clock;
  return drifts(clock) ? problem("CLOCK_DRIFT", { controller, drift_s, limit_s: DRIFT_LIMIT_S }) : null;
}

/** Beyond the limit even when the error of the reading is in the device's favour. */
const drifts = ({ drift_s, error_s }: DeviceClock): boolean => Math.abs(drift_s) - error_s > DRIFT_LIMIT_S;

/**
 * Sets the device's seconds at the start of one of ours, so that no fraction is lost, and reads it again. A device that
 * keeps its own time is told apart from one that took ours.
 */
export async function setClock(target: Target): Promise<Result<DeviceClock>> {
  const { link, controller, clock } = target;
  await clock.sleep(1000 - (clock.nowMs() % 1000));
  const set = await link.write([{ ...TIME, value: Math.floor(clock.nowMs() / 1000) }]);
  if (!set.ok) return set;
  const after = await readClock(target);
  if (!after.ok) return after;
  return drifts(after.value) ? failed(problem("CLOCK_NOT_SET", { controller, drift_s: after.value.drift_s })) : after;
}
