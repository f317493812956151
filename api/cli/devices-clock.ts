/** `devices clock` and `events`: how far a device's clock is off, set on request, and what the device has logged itself. */
import { clockDrift, type DeviceClock, type LoggedEvent } from "../../controllers/index.ts";
import { sentence } from "../../core/problems/problem.ts";
import { setDeviceClock } from "../control/clock-watch.ts";
import { wordOn } from "../gate/own-work.ts";
import { systemClock } from "../service/system-clock.ts";
import { approverOf } from "./approver.ts";
import { withReason } from "./devices-opened.ts";
import { reachDevice, reachDevices, withDevice } from "./devices-target.ts";
import type { Outcome, VerbArguments } from "./verb.ts";

function lineOf(clock: DeviceClock): string {
  const { controller, drift_s, error_s } = clock;
  const drift = clockDrift(clock);
  return `${controller}: ${drift_s} s off ours, known to ${error_s} s${drift === null ? "" : `. ${sentence(drift)}`}`;
}

export async function deviceClocks(args: VerbArguments, names: readonly string[]): Promise<Outcome> {
  if (args.flag("set")) return setClock(args, names);
  const reaches = await reachDevices(args, names);
  if (!reaches.ok) return reaches;
  const all = await Promise.all(reaches.value.map((reach) => withDevice(args, reach, (device) => device.readClock())));
  const clocks = all.flatMap((each) => (each.ok ? [each.value] : []));
  const text = clocks.map(lineOf).join("\n");
  const problems = [
    ...all.flatMap((each) => (each.ok ? [] : each.problems)),
    ...clocks.flatMap((clock) => clockDrift(clock) ?? []),
  ];
  if (problems.length > 0) return { ok: false, problems, document: { clocks }, ...(text === "" ? {} : { text }) };
  return { ok: true, document: { ok: true, clocks }, text };
}

const setClock = (args: VerbArguments, names: readonly string[]): Promise<Outcome> =>
  withReason("devices clock --set", args, names, async ({ controller, reach, storage }, reason) => {
    const approver = await approverOf(args.text("as"), storage);
    if (!approver.ok) return approver;
    const forbidden = await wordOn(storage.devices, reach.id);
    if (forbidden !== null) return { ok: false, problems: [forbidden] };
    const before = await controller.device.readClock();
    if (!before.ok) return before;
    const records = { clock: systemClock, ledger: storage.ledger };
    const set = await setDeviceClock(controller, before.value, records, { actor: approver.value.actor, reason });
    if (!set.ok) return set;
    const document = { ok: true, before: before.value, after: set.value };
    const text = `${reach.id}: was ${before.value.drift_s} s off, is ${set.value.drift_s} s off now`;
    return { ok: true, document, text };
  });

const eventLine = ({ at_ms, about, class: number, config, value }: LoggedEvent): string =>
  `${new Date(at_ms).toISOString()}  class ${number}${about === "" ? "" : ` (${about})`}  entry ${config}  ${value ?? "-"}`;

export async function deviceEvents(args: VerbArguments, names: readonly string[]): Promise<Outcome> {
  const reach = await reachDevice(args, names);
  if (!reach.ok) return reach;
  const events = await withDevice(args, reach.value, (device) => device.readEvents());
  if (!events.ok) return events;
  const document = { ok: true, controller: reach.value.id, events: events.value };
  const text = events.value.map(eventLine).join("\n") || `${reach.value.id} has logged nothing`;
  return { ok: true, document, text };
}
