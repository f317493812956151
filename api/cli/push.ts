/** `greenwave push`: plans through the gate into controllers, each on the way of every other plan (docs/reference/gate.md). */
import { createNtcipController, WriteLimit } from "../../controllers/index.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import type { ProposalState } from "../../core/proposals/states.ts";
import type { Plan } from "../../core/signal/plan.ts";
import { carryByHand, type HandReport, handReport } from "../gate/by-hand.ts";
import { identitiesFor } from "../service/controller-credentials.ts";
import { type ControllerReach, reachController } from "../service/reach-controller.ts";
import { defaultDataDir, defaultSiteFile, storagePlace } from "../service/settings.ts";
import { systemClock } from "../service/system-clock.ts";
import { loadSite } from "../site/load.ts";
import type { Site } from "../site/schema.ts";
import { openStorage, type Storage } from "../storage/open-storage.ts";
import { type Approver, approverFor, isHere, peopleOf } from "./approver.ts";
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

interface Pushing {
  readonly storage: Storage;
  readonly approver: Approver;
  readonly reason: string;
  readonly clock: Clock;
  readonly writes: WriteLimit;
  readonly context: VerbContext;
}

async function pushOne({ plan, reach }: PushTarget, pushing: Pushing): Promise<Result<HandReport>> {
  const { approver, clock, context, reason, storage, writes } = pushing;
  const { intersection, ...address } = reach;
  const controller = createNtcipController({ ...address, intersection, clock, writes, freezes: false });
  const tell = (line: string): void => context.tell(`${intersection.id}: ${line}`);
  try {
    await approver.approve(intersection.id);
    const place = { controller, intersection, virtual: isHere(reach.host), approval: "second_person" as const };
    const log = { info: () => undefined, warn: (_words: object, message: string) => tell(message) };
    const parts = { ...storage, place, timezone: "UTC", clock, log, stop: context.stop };
    const done = await carryByHand(parts, { ...approver, plan, reason, heard: (state) => tell(WORDS[state] ?? state) });
    return done.ok ? ok(handReport(done.value)) : done;
  } finally {
    await controller.close();
  }
}

const WORDS: Partial<Readonly<Record<ProposalState, string>>> = {
  proved: "proved; running it in the shadow of the plan in force",
  waiting: "passed the shadow run",
  confirmed: "confirmed after three cycles",
};

async function pushAll(wanted: readonly PushTarget[], pushing: Pushing) {
  const pushed: HandReport[] = [];
  const problems: Problem[] = [];
  for (const target of wanted) {
    pushing.context.tell(`pushing ${target.plan.intersection} to ${target.reach.id} (watches it for three cycles)`);
    const report = await pushOne(target, pushing);
    if (report.ok) pushed.push(report.value);
    else problems.push(...report.problems);
  }
  return { pushed, problems };
}

const lineOf = ({ intersection, plan, controller, read_back, digest }: HandReport): string =>
  `${intersection}: pattern ${plan.pattern} active in ${controller}; ` +
  `${read_back?.values ?? 0} values read back equal; watched for three cycles; digest ${digest?.slice(0, 12) ?? "none"}`;

/** Each plan to its controller, one after the other, in the name of whoever approves. */
export async function pushTargets(
  wanted: readonly PushTarget[],
  args: VerbArguments,
  context: VerbContext,
  clock: Clock = systemClock,
): Promise<Outcome> {
  const storage = await openStorage({ ...storagePlace(args.text("data") ?? defaultDataDir()), clock });
  if (!storage.ok) return storage;
  try {
    const approver = await approverFor(
      peopleOf(args),
      storage.value,
      wanted.map(({ reach }) => reach.host),
    );
    if (!approver.ok) return approver;
    const reason = args.text("reason") ?? "command line";
    const writes = new WriteLimit(clock);
    const pushing = { storage: storage.value, approver: approver.value, reason, clock, writes, context };
    const { pushed, problems } = await pushAll(wanted, pushing);
    if (problems.length > 0) return { ok: false, problems, document: { pushed } };
    return { ok: true, document: { ok: true, pushed }, text: pushed.map(lineOf).join("\n") };
  } finally {
    await storage.value.close();
  }
}

/** `clock`: of the pushes and of what they watch. */
export const pushVerbOn = (clock: Clock): Verb => ({
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
    reason: { type: "string", placeholder: "<text>", help: "why, for the ledger" },
    author: { type: "string", placeholder: "<account>", help: "who drafted it: for a controller in the street" },
    data: { type: "string", placeholder: "<folder>", help: "where ledger and plans are kept (.greenwave/data)" },
  },
  more:
    "The file holds one plan, a list of plans, or what `greenwave retime --json` printed. Nothing reaches a controller\n" +
    "before the gate has proved it safe and run it in the shadow; a device that does not confirm it, or leaves it within\n" +
    "three cycles, keeps or gets back its previous pattern.\n" +
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
    return wanted.ok ? pushTargets(wanted.value, args, context, clock) : wanted;
  },
});

export const pushVerb: Verb = pushVerbOn(systemClock);
