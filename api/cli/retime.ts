/** `greenwave retime`: plans for the corridors of a site, from what is stored or from the site file alone; or for a scenario. */

import type { Corridor } from "../../core/network/schema.ts";
import { failed, ok, type Problem, problem, type Result, sentence } from "../../core/problems/problem.ts";
import { bandProof, noBound, type Proof } from "../../core/retime/band-proof.ts";
import type { CorridorObjective, RetimeProposal } from "../../core/retime/proposal.ts";
import { type Known, propose } from "../control/propose.ts";
import { defaultSiteFile } from "../service/settings.ts";
import { systemClock } from "../service/system-clock.ts";
import { loadSite } from "../site/load.ts";
import type { Site } from "../site/schema.ts";
import { chosenCorridors } from "./chosen-corridors.ts";
import { objectiveOf } from "./objective.ts";
import { remembered } from "./remembered.ts";
import { retimeScenarioVerb } from "./retime-scenario.ts";
import { siteRetiming } from "./site-retiming.ts";
import { isSiteFile } from "./site-scenario.ts";
import type { Outcome, Verb, VerbArguments } from "./verb.ts";

function proposals(
  site: Site,
  corridors: readonly Corridor[],
  known: Known,
  objective: CorridorObjective,
): Result<readonly RetimeProposal[]> {
  const made: RetimeProposal[] = [];
  const problems: Problem[] = [];
  for (const corridor of corridors) {
    const proposal = propose(site, corridor, known, systemClock.nowMs(), objective);
    if (proposal.ok) made.push(proposal.value);
    else problems.push(...proposal.problems);
  }
  return problems.length > 0 ? failed(...problems) : ok(made);
}

/** As the document of a scenario has it. */
function proofOf({ bands, objective, widest_bands: widest }: RetimeProposal): Proof {
  if (objective !== "band" || bands === null || widest === null) return noBound("search");
  return bandProof(bands, widest, "the exact optimum of the bands at this cycle and these splits is known");
}

const documentOf = (proposal: RetimeProposal, { plans }: Known, seconds_used: number) => ({
  ...proposal,
  ...siteRetiming(proposal, plans),
  notes: proposal.notes.map((note) => ({ code: note.code, message: sentence(note) })),
  proof: proofOf(proposal),
  seconds_used,
});

function textOf(proposal: RetimeProposal): string {
  const { bands, widest_bands: widest, corridor, cycle_s, notes, plans, with_platoons: platoons } = proposal;
  const width = bands === null ? "" : `, bands ${bands.outbound_s} s out and ${bands.inbound_s} s in`;
  const possible = widest === null ? "" : ` (${widest.outbound_s} and ${widest.inbound_s} with offsets of any length)`;
  const together =
    platoons === null ? "" : ` (${platoons.delay_s_per_veh} with platoons, ${platoons.stops_per_veh} stops)`;
  const delay = `, predicted delay ${proposal.predicted_delay_s_per_veh.toFixed(1)} s per vehicle${together}`;
  const rows = plans.map((plan) => {
    const splits = plan.splits.map(({ phase, split_s }) => `${phase}:${split_s}`).join(" ");
    return `  ${plan.intersection}: offset ${plan.offset_s} s, splits ${splits}`;
  });
  const said = notes.map((note) => `  note: ${sentence(note)}`);
  return [`${corridor}: cycle ${cycle_s} s${width}${possible}${delay}`, ...rows, ...said].join("\n");
}

async function retimeSite(args: VerbArguments): Promise<Outcome> {
  for (const option of scenarioOptions) {
    if (args.text(option) !== undefined) {
      return { ok: false, problems: [problem("RETIME_OPTION_OF_OTHER", { option, what: "a scenario" })] };
    }
  }
  const objective = objectiveOf(args, "band");
  if (!objective.ok) return objective;
  const loaded = await loadSite(args.positionals[0] ?? defaultSiteFile());
  if (!loaded.ok) return loaded;
  const { site } = loaded.value;
  const corridors = chosenCorridors(site, args.text("corridor"));
  if (!corridors.ok) return corridors;
  const known = await remembered(site, args.text("data"));
  if (!known.ok) return known;
  const began_ms = performance.now();
  const made = proposals(site, corridors.value, known.value, objective.value);
  if (!made.ok) return made;
  const seconds_used = Math.round(performance.now() - began_ms) / 1000;
  const documents = made.value.map((proposal) => documentOf(proposal, known.value, seconds_used));
  const document = documents.length === 1 ? documents[0] : documents;
  return { ok: true, document, text: made.value.map(textOf).join("\n") };
}

const scenarioOptions = ["volumes", "write-sumo", "time"] as const;

export const retimeVerb: Verb = {
  name: "retime",
  summary: "compute plans for the corridors of a site, or for a scenario; sends nothing",
  positionals: "[site.yaml | scenario]",
  maxPositionals: 1,
  options: {
    corridor: { type: "string", placeholder: "<id>", help: "site: only this corridor (all by default)" },
    data: {
      type: "string",
      placeholder: "<folder>",
      help: "site: use the flow stored here (the service must be stopped)",
    },
    objective: { type: "string", placeholder: "<what>", help: "delay (a scenario's by default) or band (a site's)" },
    volumes: {
      type: "string",
      placeholder: "<what>",
      help: "scenario: so many times its demand (1.2), or another (.rou.xml), or counts (.csv)",
    },
    "write-sumo": {
      type: "string",
      placeholder: "<file>",
      help: "scenario: write the plan as SUMO programs (.add.xml)",
    },
    time: {
      type: "string",
      placeholder: "<s>",
      help: "scenario: seconds by the clock, no more; unless said 100 s of processor time",
    },
  },
  more:
    "Without --data every lane of a site uses the volume that the site file assumes. The document goes into `greenwave push`.\n" +
    "A site file is YAML; a scenario is whatever else `simulate` takes: its plans are rehearsed, the best so far is told.",
  run(args, context) {
    const [given] = args.positionals;
    return given === undefined || isSiteFile(given) ? retimeSite(args) : retimeScenarioVerb(given, args, context);
  },
};
