/** A CityFlow scenario: the text of its `roadnet.json` and of its `flow.json`. */
import { failed, ok, type Problem, type Result } from "../../core/problems/problem.ts";
import type { Demand } from "../demand/demand.ts";
import { freezeNetwork } from "../network/freeze-network.ts";
import type { RoadNetwork } from "../network/road-network.ts";
import { demandOf } from "./demand.ts";
import { parseJson } from "./json-document.ts";
import { networkOf } from "./network.ts";
import { flowSchema, roadnetSchema } from "./schema.ts";

export interface TextFile {
  readonly file: string;
  readonly text: string;
}

/** What was found without a place is in this file. */
const within = <T>(result: Result<T>, file: string): Result<T> =>
  result.ok ? result : failed(...result.problems.map((found): Problem => ({ ...found, at: { file, ...found.at } })));

export function readRoadnet({ file, text }: TextFile): Result<RoadNetwork> {
  const read = parseJson(file, text, roadnetSchema);
  if (!read.ok) return read;
  const draft = within(networkOf(read.value), file);
  return draft.ok ? ok(freezeNetwork(draft.value)) : draft;
}

export function readFlows({ file, text }: TextFile, network: RoadNetwork, end_s: number): Result<Demand> {
  const read = parseJson(file, text, flowSchema);
  return read.ok ? within(demandOf(read.value, network, end_s), file) : read;
}
