/** Numbers with their units and times in the street's zone, the way the reader's language writes them. */
import type { Language } from "./message.ts";

export interface Format {
  whole(value: number): string;
  /** Two decimals. */
  ratio(value: number): string;
  seconds(value: number): string;
  minutes(value: number): string;
  metres(value: number): string;
  gigabytes(value: number): string;
  speed_kmh(value: number): string;
  /** To 0.01 s, as evidence is read. */
  exactSeconds(value: number): string;
  signedSeconds(value: number): string;
  /** A share of 1. */
  percent(share: number): string;
  /** A value with the unit that its name ends in: `gone_m` is 12 m. */
  measure(name: string, value: number): string;
  /** Time of day. */
  time(at_ms: number): string;
  /** To 0.01 s. */
  exactTime(at_ms: number): string;
  /** Day and time of day. */
  moment(at_ms: number): string;
  /** The whole date and the time of day. */
  day(at_ms: number): string;
  /** The zone's name and its difference from UTC now. */
  zone(at_ms: number): string;
  list(items: readonly string[]): string;
}

/** By the last part of a name. */
const unitSymbols: Readonly<Record<string, string>> = { s: "s", ms: "ms", m: "m", kmh: "km/h", px: "px", deg: "°" };

export function formatFor(language: Language, timeZone: string): Format {
  const locale = language === "vi" ? "vi-VN" : "en-GB";
  const day = { timeZone, day: "2-digit", month: "2-digit" } as const;
  const clock = { timeZone, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
  const ratio = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const minutes = new Intl.NumberFormat(locale, { style: "unit", unit: "minute", maximumFractionDigits: 0 });
  /** SI symbols read the same in every language; only the digits differ. */
  const withSymbol = (digits: string, symbol: string): string => `${digits}\u00a0${symbol}`;
  const time = new Intl.DateTimeFormat(locale, clock);
  const moment = new Intl.DateTimeFormat(locale, { ...day, ...clock });
  const wholeDay = new Intl.DateTimeFormat(locale, { ...day, ...clock, year: "numeric" });
  const exact = new Intl.DateTimeFormat(locale, { ...clock, fractionalSecondDigits: 2 });
  const signed = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: "always",
  });
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const upToTwo = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const shift = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
  const list = new Intl.ListFormat(locale, { style: "short", type: "unit" });
  return {
    whole: (value) => whole.format(value),
    ratio: (value) => ratio.format(value),
    seconds: (value) => withSymbol(whole.format(value), "s"),
    minutes: (value) => minutes.format(value),
    metres: (value) => withSymbol(whole.format(value), "m"),
    gigabytes: (value) => withSymbol(ratio.format(value), "GB"),
    speed_kmh: (value) => withSymbol(whole.format(value), "km/h"),
    exactSeconds: (value) => withSymbol(ratio.format(value), "s"),
    signedSeconds: (value) => withSymbol(signed.format(value), "s"),
    percent: (share) => percent.format(share),
    measure: (name, value) => {
      const symbol = unitSymbols[name.slice(name.lastIndexOf("_") + 1)];
      return symbol === undefined ? upToTwo.format(value) : withSymbol(upToTwo.format(value), symbol);
    },
    exactTime: (at_ms) => exact.format(at_ms),
    time: (at_ms) => time.format(at_ms),
    moment: (at_ms) => moment.format(at_ms),
    day: (at_ms) => wholeDay.format(at_ms),
    zone: (at_ms) => {
      const offset = shift.formatToParts(at_ms).find(({ type }) => type === "timeZoneName")?.value ?? "";
      return `${timeZone.replaceAll("_", " ")} (${offset})`;
    },
    list: (items) => list.format(items),
  };
}
