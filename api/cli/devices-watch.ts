/** `devices watch`: controllers polled once a second; what happens is told as it happens. */
import { type DevicePoll, type NtcipDevice, pollDevices, type WatchEvent } from "../../controllers/index.ts";
import { sentence } from "../../core/problems/problem.ts";
import { systemClock } from "../service/system-clock.ts";
import { numberOption } from "./arguments.ts";
import { openDevice, reachDevices } from "./devices-target.ts";
import type { Outcome, VerbArguments, VerbContext } from "./verb.ts";

interface Tally {
  readonly controller: string;
  polls: number;
  missed: number;
  last: DevicePoll | null;
}

/** Most events of a watch with an end that its document holds; all of them are told on the way. */
const MOST_KEPT = 10_000;

function said(event: WatchEvent): string {
  switch (event.kind) {
    case "silent":
    case "local_edit":
    case "clock_drift":
      return sentence(event.problem);
    case "answers":
      return event.silent_s === null ? "answers" : `answers again after ${event.silent_s} s`;
    case "alarm":
      return `${event.alarm} ${event.change}`;
    case "runs":
      return `pattern ${event.pattern}, ${event.free_status}, ${event.control_status}`;
    case "flash":
      return `flash: ${event.flash_status}`;
    case "preempts":
      return event.preempts.length === 0 ? "no preempt" : `preempts ${event.preempts.join(" ")}`;
    case "edit_accepted":
      return "what it holds was accepted";
  }
}

const lineOf = (event: WatchEvent): string =>
  `${new Date(event.at_ms).toISOString()} ${event.controller}: ${said(event)}`;

interface End {
  readonly signal: AbortSignal;
  clear(): void;
}

/** The command's own end, or so many seconds. */
function endOf(stop: AbortSignal, seconds: number | undefined): End {
  const end = new AbortController();
  const abort = (): void => end.abort();
  stop.addEventListener("abort", abort, { once: true });
  const timer = seconds === undefined ? undefined : setTimeout(abort, seconds * 1000);
  return { signal: end.signal, clear: () => clearTimeout(timer) };
}

export async function watchDevices(
  args: VerbArguments,
  names: readonly string[],
  context: VerbContext,
): Promise<Outcome> {
  const seconds = numberOption(args, "for", { min: 1, max: 86_400 });
  if (!seconds.ok) return seconds;
  const reaches = await reachDevices(args, names);
  if (!reaches.ok) return reaches;
  const devices = await Promise.all(reaches.value.map((reach) => openDevice(args, reach)));
  const tallies = new Map(devices.map(({ id }) => [id, { controller: id, polls: 0, missed: 0, last: null } as Tally]));
  const events: WatchEvent[] = [];
  const watching = reaches.value.map(({ id, host, port }) => ({ controller: id, address: `${host}:${port}` }));
  if (seconds.value === undefined) context.announce({ ok: true, watching }, `watching ${devices.length} controllers`);
  const onEvent = (event: WatchEvent): void => {
    if (events.length < MOST_KEPT) events.push(event);
    context.tell(lineOf(event));
  };
  const onPoll = ({ id }: NtcipDevice, poll: DevicePoll): void => {
    const tally = tallies.get(id);
    if (tally !== undefined) [tally.polls, tally.last] = [tally.polls + 1, poll];
  };
  const onMiss = ({ id }: NtcipDevice): void => {
    const tally = tallies.get(id);
    if (tally !== undefined) [tally.polls, tally.missed] = [tally.polls + 1, tally.missed + 1];
  };
  const end = endOf(context.stop, seconds.value);
  try {
    await pollDevices({ devices, clock: systemClock, onEvent, onPoll, onMiss }, end.signal);
  } finally {
    end.clear();
    for (const device of devices) device.close();
  }
  if (seconds.value === undefined) return { ok: true, document: undefined, text: "" };
  const controllers = [...tallies.values()];
  const text = controllers.map(({ controller, polls, missed }) => `${controller}: ${polls} polls, ${missed} missed`);
  return { ok: true, document: { ok: true, controllers, events }, text: text.join("\n") };
}
