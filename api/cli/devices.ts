/** `greenwave devices`: the controllers in the street, asked, compared, watched and given plans. */
import { problem } from "../../core/problems/problem.ts";
import { deviceClocks, deviceEvents } from "./devices-clock.ts";
import { compareDevices, discoverDevices, readDevices } from "./devices-read.ts";
import { whereOptions } from "./devices-target.ts";
import { watchDevices } from "./devices-watch.ts";
import { pushToDevice, releaseDevice } from "./devices-write.ts";
import type { Outcome, Verb, VerbArguments, VerbContext } from "./verb.ts";

type Action = (args: VerbArguments, names: readonly string[], context: VerbContext) => Promise<Outcome>;

const actions: Readonly<Record<string, Action>> = {
  discover: discoverDevices,
  read: readDevices,
  compare: compareDevices,
  push: pushToDevice,
  release: releaseDevice,
  watch: watchDevices,
  clock: deviceClocks,
  events: deviceEvents,
};

/** Positionals: the action, a controller and a file; `watch` and `discover` take many controllers. */
const MOST_POSITIONALS = 1002;

export const devicesVerb: Verb = {
  name: "devices",
  summary: "signal controllers over NTCIP 1202: discover, read, compare, push, release, watch, clock, events",
  positionals: "discover|read|compare|push|release|watch|clock|events [<controller> …] [<file>]",
  maxPositionals: MOST_POSITIONALS,
  options: {
    ...whereOptions,
    out: { type: "string", placeholder: "<file>", help: "read: write the whole database there, YAML or .json" },
    with: { type: "string", placeholder: "<file>", help: "compare: with this database, in place of the site file" },
    for: { type: "string", placeholder: "<seconds>", help: "watch: end after so long and print what was seen" },
    set: { type: "boolean", help: "clock: set it, with a --reason" },
    reason: { type: "string", placeholder: "<text>", help: "push, release, clock --set: why, for the ledger" },
    as: {
      type: "string",
      placeholder: "<account>",
      help: "push, release, clock --set: who does it, once there are accounts",
    },
    author: {
      type: "string",
      placeholder: "<account>",
      help: "who drafted what is pushed: for a controller in the street",
    },
  },
  more: [
    "  discover [<controller> …]       what it is, has and lacks, and whether the centre may take it",
    "  read <controller>               its whole database as one document",
    "  compare <controller>            with the site file, or with a document",
    "  push <controller> <file>        plans, or a whole database, through the safety gate, read back and confirmed",
    "  release <controller>            back to its local plan at once; needs a reason",
    "  clock [<controller> …]          how far its clock is off ours; --set with a --reason sets one",
    "  events <controller>             what it has written into its own event log (NTCIP 1201)",
    "  watch [<controller> …]          status once a second; alarms, local edits and clock drift as they happen",
    "",
    "A controller is named by its id in the site file, or reached by --host and --port with --community-env (v1, v2c) or",
    "--v3. Secrets are read from variables and files, never from the command line. Example:",
    "  CABINET=secret greenwave devices discover --host 10.1.2.3 --community-env CABINET",
  ].join("\n"),
  run(args, context): Promise<Outcome> {
    const [name = "", ...names] = args.positionals;
    const action = actions[name];
    if (action === undefined) {
      return Promise.resolve({
        ok: false,
        problems: [problem("DEVICES_WHAT", { given: name || "without an action" })],
      });
    }
    return action(args, names, context);
  },
};
