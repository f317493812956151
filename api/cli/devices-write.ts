/** `devices push` and `release`: plans through the gate into one controller, and the controller back to its local plan. */
import { pushDatabase } from "../../controllers/index.ts";
import { problem } from "../../core/problems/problem.ts";
import { noteOwnWork, noteReleased, wordOn } from "../gate/own-work.ts";
import { systemClock } from "../service/system-clock.ts";
import { approverFor, approverOf, peopleOf } from "./approver.ts";
import { databaseIn } from "./database-file.ts";
import { withOpened, withReason } from "./devices-opened.ts";
import { deviceOptions, type PlacedDevice, placedDevice } from "./devices-target.ts";
import { readPlans } from "./plan-file.ts";
import { pushTargets } from "./push.ts";
import type { Outcome, VerbArguments, VerbContext } from "./verb.ts";

export async function pushToDevice(
  args: VerbArguments,
  names: readonly string[],
  context: VerbContext,
): Promise<Outcome> {
  const file = names[1];
  if (file === undefined) {
    const what = "a controller and a file of plans or of a database";
    return { ok: false, problems: [problem("MISSING_ARGUMENT", { verb: "devices push", what })] };
  }
  const place = await placedDevice(args, names);
  if (!place.ok) return place;
  const { intersection, reach } = place.value;
  const database = await databaseIn(file);
  if (!database.ok) return database;
  if (database.value !== null) return pushDocument(args, place.value, database.value, context);
  const plans = await readPlans(file);
  if (!plans.ok) return plans;
  const own = plans.value.filter((plan) => plan.intersection === intersection.id);
  if (own.length === 0) {
    const words = { file, intersection: intersection.id, controller: reach.id };
    return { ok: false, problems: [problem("DEVICE_NO_PLAN_FOR", words)] };
  }
  const options = await deviceOptions(args, reach);
  const wanted = own.map((plan) => ({ plan, reach: { ...options, intersection } }));
  return pushTargets(wanted, args, context);
}

/** The same way for a whole database: the gate proves what the device would hold, and the ledger tells who and why. */
const pushDocument = (
  args: VerbArguments,
  place: PlacedDevice,
  document: unknown,
  { stop, tell }: VerbContext,
): Promise<Outcome> =>
  withOpened(args, place, async ({ controller, intersection, reach, storage }) => {
    const approver = await approverFor(peopleOf(args), storage, [reach.host]);
    if (!approver.ok) return approver;
    const forbidden = await wordOn(storage.devices, reach.id);
    if (forbidden !== null) return { ok: false, problems: [forbidden] };
    await approver.value.approve(intersection.id);
    tell(`pushing a database to ${reach.id} (waits for the device to run well under it)`);
    const reason = args.text("reason") ?? "command line";
    const { events, ledger } = storage;
    const records = { actor: approver.value.actor, events, ledger, clock: systemClock };
    const pushed = await pushDatabase({ controller, intersection, document, reason, ...records, stop });
    await noteOwnWork(storage.devices, controller);
    if (!pushed.ok) return pushed;
    const { written, read_back, digest } = pushed.value;
    const text = `${reach.id}: ${written} values written, ${read_back} read back equal; digest ${digest.slice(0, 12)}`;
    return { ok: true, document: { ok: true, pushed: pushed.value }, text };
  });

/** The one emergency path that needs nobody's approval; who did it and why is in the ledger before the device hears of it. */
export const releaseDevice = (args: VerbArguments, names: readonly string[]): Promise<Outcome> =>
  withReason("devices release", args, names, async ({ controller, intersection, reach, storage }, reason) => {
    const approver = await approverOf(args.text("as"), storage);
    if (!approver.ok) return approver;
    const { name: by } = approver.value.approver;
    await noteReleased(storage.devices, reach.id, { by, reason, at_ms: systemClock.nowMs() });
    const body = { controller: reach.id, intersection: intersection.id, actor: approver.value.actor, reason };
    await storage.ledger.append("device.release", body, systemClock.nowMs());
    const released = await controller.release();
    if (!released.ok) return released;
    const document = { ok: true, controller: reach.id, intersection: intersection.id, released: true };
    return { ok: true, document, text: `${reach.id}: given back to its local plan` };
  });
