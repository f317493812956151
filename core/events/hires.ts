/**
 * Detector events in the Indiana enumeration (Sturdevant et al., "Indiana Traffic Signal Hi Resolution Data Logger
 * Enumerations", Purdue 2012): a time to a tenth of a second, a device, an event code, and the detector channel as its
 * parameter. The columns are those in which such logs are exchanged: TimeStamp, DeviceId, EventId, Parameter.
 */
import type { DetectorEvent } from "../ports/detection-feed.ts";

export const hiresCodes = { detector_off: 81, detector_on: 82 } as const;

export interface HiresEvent {
  /** Milliseconds since the Unix epoch, a whole tenth of a second. */
  readonly at_ms: number;
  /** The intersection. */
  readonly device_id: string;
  readonly event_id: (typeof hiresCodes)[keyof typeof hiresCodes];
  readonly parameter: number;
  readonly origin: DetectorEvent["origin"];
}

const TENTH_MS = 100;

export function hiresOf({ intersection, channel, at_ms, on, origin }: DetectorEvent): HiresEvent {
  return {
    at_ms: Math.round(at_ms / TENTH_MS) * TENTH_MS,
    device_id: intersection,
    event_id: on ? hiresCodes.detector_on : hiresCodes.detector_off,
    parameter: channel,
    origin,
  };
}

/** Writes instants as such logs do: local time of the street, `2026-03-02 12:00:00.1`. */
export function localTimestamps(timezone: string): (at_ms: number) => string {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: timezone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  return (at_ms) => {
    const tenths = Math.floor(at_ms / TENTH_MS);
    return `${format.format(tenths * TENTH_MS)}.${((tenths % 10) + 10) % 10}`;
  };
}

/** Names of the columns, as such logs begin. */
export const HIRES_COLUMNS = "TimeStamp,DeviceId,EventId,Parameter";

/** One row an event, after the names of the columns. */
export function hiresCsv(events: readonly HiresEvent[], timestamp: (at_ms: number) => string): string {
  const rows = events.map(({ at_ms, device_id, event_id, parameter }) =>
    [timestamp(at_ms), device_id, event_id, parameter].join(","),
  );
  return [HIRES_COLUMNS, ...rows].join("\n");
}

/** In the order in which they happened; within one instant by channel, on before off as a vehicle does. */
export function inOrder(events: readonly DetectorEvent[]): readonly DetectorEvent[] {
  return events.toSorted((a, b) => a.at_ms - b.at_ms || a.channel - b.channel || Number(b.on) - Number(a.on));
}
