/** `greenwave push`: plans through the gate into controllers, each value read back, activated and confirmed. */
import { createNtcipController, type NtcipController, type PushReport, pushPlan } from "../../controllers/index.ts";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import type { Plan } from "../../core/signal/plan.ts";
import { noteOwnWork } from "../gate/own-work.ts";
import { identitiesFor } from "../service/controller-credentials.ts";
import { type ControllerReach, reachController } from "../service/reach-controller.ts";
import { defaultDataDir, defaultSiteFile, storagePlace } from "../service/settings.ts";
import { systemClock } from "../service/system-clock.ts";
import { loadSite } from "../site/load.ts";
import type { Site } from "../site/schema.ts";
import { openStorage, type Storage } from "../storage/open-storage.ts";
import { type Approver, approverFor, peopleOf } from "./approver.ts";
import { readPlans } from "./plan-file.ts";
import type { Outcome, Verb, VerbArguments, VerbContext } from "./verb.ts";

export interface PushTarget {
  readonly plan: Plan;
  readonly reach: ControllerReach;
}

async function targets(
  site: Site,
  plans: readonly Plan[],
  args: VerbArguments,
): Promise<Result<readonly PushTarget[]>> {
  const address = args.text("address");
  const secrets = await identitiesFor(site, args.text("data") ?? defaultDataDir());
  if (!secrets.ok) return secrets;
  const found: PushTarget[] = [];
  const problems: Problem[] = [];
  if (address !== undefined && plans.length > 1) problems.push(problem("ADDRESS_FOR_ONE", { plans: plans.length }));
  for (const plan of plans) {
    const given = address === undefined ? null : { address, variable: args.text("community-env") ?? null };
    const reach = reachController(site, plan.intersection, given, secrets.value);
    if (reach.ok) found.push({ plan, reach: reach.value });
    else problems.push(...reach.problems);
  }
  return problems.length > 0 ? failed(...problems) : ok(found);
}

async function pushOne(
  { plan, reach }: PushTarget,
  storage: Storage,
  approver: Approver,
  stop: AbortSignal,
): Promise<Result<PushReport>> {
  const { intersection, ...address } = reach;
  const controller: NtcipController = createNtcipController({ ...address, intersection, clock: systemClock });
  try {
    const { ledger, plans } = storage;
    const reasons = { from: "command line" };
    const { actor } = approver;
    await approver.approve(intersection.id);
    const order = { controller, intersection, plan, reasons, actor, ledger, plans, clock: systemClock, stop };
    const pushed = await pushPlan(order);
    await noteOwnWork(storage.devices, controller);
    return pushed;
  } finally {
    await controller.close();
  }
}

async function pushAll(wanted: readonly PushTarget[], storage: Storage, approver: Approver, context: VerbContext) {
  const pushed: PushReport[] = [];
  const problems: Problem[] = [];
  for (const target of wanted) {
    context.tell(`pushing ${target.plan.intersection} to ${target.reach.id} (waits for the device to confirm)`);
    const report = await pushOne(target, storage, approver, context.stop);
    if (report.ok) pushed.push(report.value);
    else problems.push(...report.problems);
  }
  return { pushed, problems };
}

const lineOf = (report: PushReport): string =>
  `${report.intersection}: pattern ${report.plan.pattern} active in ${report.controller}; ` +
  `${report.read_back.values.length} values read back equal; digest ${report.digest.slice(0, 12)}`;

/** Each plan to its controller, one after the other, in the name of whoever approves. */
export async function pushTargets(
  wanted: readonly PushTarget[],
  args: VerbArguments,
  context: VerbContext,
): Promise<Outcome> {
  const storage = await openStorage({ ...storagePlace(args.text("data") ?? defaultDataDir()), clock: systemClock });
  if (!storage.ok) return storage;
  try {
    const approver = await approverFor(
      peopleOf(args),
      storage.value,
      wanted.map(({ reach }) => reach.host),
    );
    if (!approver.ok) return approver;
    const { pushed, problems } = await pushAll(wanted, storage.value, approver.value, context);
    if (problems.length > 0) return { ok: false, problems, document: { pushed } };
    return { ok: true, document: { ok: true, pushed }, text: pushed.map(lineOf).join("\n") };
  } finally {
    await storage.value.close();
  }
}

export const pushVerb: Verb = {
  name: "push",
  summary: "push plans through the safety gate into controllers and confirm them",
  positionals: "<plans.json>",
  maxPositionals: 1,
  options: {
    site: { type: "string", placeholder: "<file>", help: "the site file (the sample corridor by default)" },
    address: {
      type: "string",
      placeholder: "<host:port>",
      help: "where the controller is, in place of the site file's",
    },
    "community-env": {
      type: "string",
      placeholder: "<NAME>",
      help: "environment variable with its community; with --address",
    },
    as: { type: "string", placeholder: "<account>", help: "who approves: needed once there are accounts" },
    author: { type: "string", placeholder: "<account>", help: "who drafted it: for a controller in the street" },
    data: { type: "string", placeholder: "<folder>", help: "where ledger and plans are kept (.greenwave/data)" },
  },
  more:
    "The file holds one plan, a list of plans, or what `greenwave retime --json` printed. Nothing reaches a controller\n" +
    "before the gate has proved it safe; a device that does not confirm keeps, or gets back, its previous pattern.\n" +
    "Who approves is an account that may; its password is asked for, or taken from GREENWAVE_PASSWORD.",
  async run(args, context): Promise<Outcome> {
    const file = args.positionals[0];
    if (file === undefined) {
      return { ok: false, problems: [problem("MISSING_ARGUMENT", { verb: "push", what: "a file of plans" })] };
    }
    const plans = await readPlans(file);
    if (!plans.ok) return plans;
    const loaded = await loadSite(args.text("site") ?? defaultSiteFile());
    if (!loaded.ok) return loaded;
    const wanted = await targets(loaded.value.site, plans.value, args);
    return wanted.ok ? pushTargets(wanted.value, args, context) : wanted;
  },
};
