/** The faults of a run: as a file has them, or by chance. */
import { readFile } from "node:fs/promises";
import { failed, ok, problem, type Result, reasonOf } from "../../core/problems/problem.ts";
import type { RoadNetwork } from "../network/road-network.ts";
import { type CameraFault, cameraFaultsSchema, randomFaults } from "./camera-faults.ts";
import { stopLanes } from "./camera-ways.ts";

async function readFaults(
  file: string,
  { lanes }: RoadNetwork,
  ends: ReadonlySet<number>,
): Promise<Result<readonly CameraFault[]>> {
  let read: unknown;
  try {
    read = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    return failed(problem("FAULTS_UNREADABLE", { file, reason: reasonOf(error) }));
  }
  const faults = cameraFaultsSchema.safeParse(read);
  if (!faults.success) {
    const [issue] = faults.error.issues;
    return failed(problem("FAULTS_BAD", { file, where: issue?.path.join(".") ?? "", reason: issue?.message ?? "" }));
  }
  const strange = faults.data.find(({ lane }) => !ends.has(lanes.ids.indexOf(lane)));
  return strange === undefined ? ok(faults.data) : failed(problem("FAULTS_LANE", { file, lane: strange.lane }));
}

/** `asked`: a file, or how often each lane's camera breaks in an hour; none unless asked for. */
export async function findFaults(
  asked: string | number | undefined,
  network: RoadNetwork,
  seed: number,
  times: { readonly begin_s: number; readonly end_s: number },
): Promise<Result<readonly CameraFault[]>> {
  if (asked === undefined) return ok([]);
  const ends = stopLanes(network);
  if (typeof asked === "string") return readFaults(asked, network, ends);
  return ok(
    randomFaults(
      [...ends].map((lane) => network.lanes.ids[lane] as string),
      asked,
      seed,
      times,
    ),
  );
}
