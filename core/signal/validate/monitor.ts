/**
 * The cabinet's conflict monitor against the signal: it permits nothing that conflicts (it is the last to catch it), forbids
 * nothing that runs (it would flash the signal), and looks at every yellow.
 */
import type { Problem } from "../../problems/problem.ts";
import { deciseconds } from "../machine/convert.ts";
import type { SignalSpec } from "../schema.ts";
import type { Monitor } from "../sections/monitor.ts";
import { mayMeet, pairsOf } from "../structure.ts";
import type { Report } from "./report.ts";

type Channel = Monitor["channels"][number];

/** TS 2: a yellow under 2.7 s, less its tolerance of 0.1 s, is a fault of the signal. */
const LEAST_YELLOW_S = 2.6;

export function monitorProblems(signal: SignalSpec, report: Report): readonly Problem[] {
  const { monitor } = signal;
  if (monitor === undefined) return [];
  const wiring = channelProblems(signal, monitor, report);
  const checks = [...blind(monitor, report), ...yellows(signal, monitor, report)];
  return wiring.length > 0 ? [...wiring, ...checks] : [...checks, ...pairs(signal, monitor, report)];
}

const shows = ({ shows: kind, number }: Channel): string => `${kind} ${number}`;

/** The phase, walk or overlap is there: channels of others stay dark. */
export const isStated = (signal: SignalSpec, { shows: kind, number }: Channel): boolean =>
  kind === "overlap"
    ? (signal.overlaps ?? []).some((overlap) => overlap.number === number)
    : signal.phases.some((phase) => phase.number === number && (kind === "phase" || phase.walk_s > 0));

function channelProblems(signal: SignalSpec, { channels, permitted }: Monitor, report: Report): readonly Problem[] {
  const path = "signal.monitor";
  const found: Problem[] = [];
  const numbers = new Set<number>();
  for (const [i, channel] of channels.entries()) {
    const words = { channel: channel.channel, shows: shows(channel) };
    if (numbers.has(channel.channel)) found.push(report("MONITOR_CHANNEL_TWICE", `${path}.channels.${i}`, words));
    numbers.add(channel.channel);
    if (!isStated(signal, channel)) found.push(report("MONITOR_CHANNEL_SHOWS", `${path}.channels.${i}`, words));
  }
  for (const [i, pair] of permitted.entries()) {
    for (const channel of pair.filter((each) => !numbers.has(each))) {
      found.push(report("MONITOR_CHANNEL_UNKNOWN", `${path}.permitted.${i}`, { channel }));
    }
  }
  const unseen = signal.phases.filter(
    ({ number }) => !channels.some((c) => c.shows === "phase" && c.number === number),
  );
  return [
    ...found,
    ...unseen.map(({ number }) => report("MONITOR_PHASE_UNSEEN", `${path}.channels`, { phase: number })),
  ];
}

function blind({ channels, min_yellow_disabled }: Monitor, report: Report): readonly Problem[] {
  return channels
    .filter((each) => each.shows !== "walk" && min_yellow_disabled.includes(each.channel))
    .map((each) =>
      report("MONITOR_BLIND", "signal.monitor.min_yellow_disabled", { channel: each.channel, shows: shows(each) }),
    );
}

function yellows({ clearances }: SignalSpec, { min_yellow_s }: Monitor, report: Report): readonly Problem[] {
  const shortest = clearances.reduce((least, each) => (each.yellow_s < least.yellow_s ? each : least));
  if (min_yellow_s >= LEAST_YELLOW_S && deciseconds(min_yellow_s) < deciseconds(shortest.yellow_s)) return [];
  const words = { min_yellow_s, got_s: shortest.yellow_s, phase: shortest.phase, least_s: LEAST_YELLOW_S };
  return [report("MONITOR_YELLOW", "signal.monitor.min_yellow_s", words)];
}

/** Phases whose green lights a channel. */
function phasesOf(signal: SignalSpec, channel: Channel): readonly number[] {
  if (channel.shows !== "overlap") return [channel.number];
  return signal.overlaps?.find(({ number }) => number === channel.number)?.phases ?? [];
}

/** An overlap and a phase that it lists as crossing it never meet, whatever the rings do. */
function crosses(signal: SignalSpec, overlap: Channel, other: Channel): boolean {
  if (overlap.shows !== "overlap") return false;
  const foes = signal.overlaps?.find(({ number }) => number === overlap.number)?.conflicts ?? [];
  return phasesOf(signal, other).some((phase) => foes.includes(phase));
}

/** Two channels are on together where some phase of one is the other's, or may meet it. */
function runTogether(signal: SignalSpec, a: Channel, b: Channel): boolean {
  if (crosses(signal, a, b) || crosses(signal, b, a)) return false;
  return phasesOf(signal, a).some((one) =>
    phasesOf(signal, b).some((other) => one === other || mayMeet(signal, one, other)),
  );
}

function pairs(signal: SignalSpec, monitor: Monitor, report: Report): readonly Problem[] {
  const permits = (a: number, b: number): boolean =>
    monitor.permitted.some(([c, d]) => (c === a && d === b) || (c === b && d === a));
  return pairsOf(monitor.channels).flatMap(([a, b]) => {
    const [allowed, together] = [permits(a.channel, b.channel), runTogether(signal, a, b)];
    if (allowed === together) return [];
    const words = { a: a.channel, b: b.channel, a_shows: shows(a), b_shows: shows(b) };
    return [report(allowed ? "MONITOR_PERMITS_CONFLICT" : "MONITOR_FORBIDS", "signal.monitor.permitted", words)];
  });
}
