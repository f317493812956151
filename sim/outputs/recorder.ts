/** What is kept of one run: its outputs, its replay, both, or nothing. */
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import type { Simulation } from "../engine/simulation.ts";
import type { SignalProgram } from "../network/road-network.ts";
import { ReplayRecorder, type ReplayTitle } from "../replay/replay-recorder.ts";
import { outputsOrderSchema } from "./outputs-order.ts";
import { Recording } from "./recording.ts";

export const recordOrderSchema = z.strictObject({
  outputs: outputsOrderSchema.nullable(),
  /** The replay's file. */
  replay: z.string().nullable(),
  /** Of several seeds each has a folder of its own in that of the outputs: `seed-101` … */
  several: z.boolean(),
});

export type RecordOrder = z.infer<typeof recordOrderSchema>;

export interface Recorder {
  /** After every step. */
  note(): void;
  /** At the end, once. */
  close(): void;
}

export interface RecordedRun extends ReplayTitle {
  readonly simulation: Simulation;
  /** In force when it begins, by signal. */
  readonly programs: readonly (SignalProgram | null)[];
}

/** Fails where nothing can be written to the files asked for. */
export function openRecorder(order: RecordOrder, run: RecordedRun): Result<Recorder> {
  const { outputs, replay, several } = order;
  const parts: Recorder[] = [];
  const folder = outputs === null ? "" : several ? join(outputs.folder, `seed-${run.seed}`) : outputs.folder;
  try {
    if (outputs !== null) parts.push(new Recording({ ...outputs, folder }, run.simulation, run.programs));
  } catch (error) {
    return failed(problem("OUTPUT_UNWRITABLE", { folder, reason: reasonOf(error) }));
  }
  try {
    if (replay !== null) {
      mkdirSync(dirname(replay), { recursive: true });
      parts.push(new ReplayRecorder(replay, run.simulation, { scenario: run.scenario, seed: run.seed }));
    }
  } catch (error) {
    return failed(problem("REPLAY_UNWRITABLE", { reason: reasonOf(error) }));
  }
  return ok({
    note: () => {
      for (const part of parts) part.note();
    },
    close: () => {
      for (const part of parts) part.close();
    },
  });
}

/** What the file system said; anything else is a bug of ours. */
function reasonOf(error: unknown): string {
  if (error instanceof Error && "code" in error) return error.message;
  throw error;
}
