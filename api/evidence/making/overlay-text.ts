/** What is burned into derived pictures: when, where, which case, and for how long red had shown. */
import type { Detection } from "../../../core/cases/detection.ts";

export interface Scene {
  readonly case_id: string;
  readonly detection: Detection;
  /** Name of the intersection. */
  readonly place: string;
  /** IANA name. */
  readonly timezone: string;
}

/** A state that was not heard of for longer is not claimed. */
const stale_ms = 2000;

/** Cut and not rounded, so that no text is ahead of its picture. */
const hundredths = (value_s: number): string => (Math.floor(value_s * 100 + 1e-6) / 100).toFixed(2);

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timezone: string): Intl.DateTimeFormat {
  const known = formats.get(timezone);
  if (known !== undefined) return known;
  const digits = { month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" } as const;
  const clock = {
    year: "numeric",
    ...digits,
    hourCycle: "h23",
    timeZone: timezone,
    timeZoneName: "longOffset",
  } as const;
  const format = new Intl.DateTimeFormat("en-GB", clock);
  formats.set(timezone, format);
  return format;
}

/** `2026-11-22 14:00:01.04 +07:00`. */
export function localTime(at_ms: number, timezone: string): string {
  const parts = formatOf(timezone).formatToParts(at_ms);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? "";
  const fraction = String(Math.floor((((at_ms % 1000) + 1000) % 1000) / 10)).padStart(2, "0");
  const offset = part("timeZoneName").replace("GMT", "") || "+00:00";
  const day = `${part("year")}-${part("month")}-${part("day")}`;
  return `${day} ${part("hour")}:${part("minute")}:${part("second")}.${fraction} ${offset}`;
}

/** What the signal showed, and for how long red had shown by the least; null for rules without a signal. */
function signalText({ signal, measured, at_ms: act_ms }: Detection, at_ms: number): string | null {
  if (signal === null) return null;
  const sample = signal.samples.findLast((each) => each.at_ms <= at_ms);
  if (sample === undefined || at_ms - sample.at_ms > stale_ms) return `phase ${signal.phase}: not known`;
  const redFor_s = (measured["red_for_s"] ?? Number.NaN) + (at_ms - act_ms) / 1000;
  const elapsed = sample.state === "red" && redFor_s >= 0 ? ` ${hundredths(redFor_s)} s` : "";
  return `phase ${signal.phase}: ${sample.state}${elapsed}`;
}

/** Lines parted by newlines. `at_ms`: when the picture was seen. */
export function overlayText({ case_id, detection, place, timezone }: Scene, at_ms: number): string {
  const { camera, lane, rule, staged } = detection;
  const utc = localTime(at_ms, "UTC").replace(" +00:00", "");
  const signal = signalText(detection, at_ms);
  return [
    ...(staged ? ["STAGED: not a real event"] : []),
    `${localTime(at_ms, timezone)}   UTC ${utc}`,
    [place, camera, ...(lane === null ? [] : [lane])].join(" · "),
    [rule.id.replaceAll("_", " "), ...(signal === null ? [] : [signal]), `case ${case_id}`].join(" · "),
  ].join("\n");
}
