/** What is kept of one run: its outputs, its replay, both, or nothing. */
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { failed, ok, type Problem, ProblemError, problem, type Result } from "../../core/problems/problem.ts";
import type { Simulation } from "../engine/simulation.ts";
import type { SignalProgram } from "../network/road-network.ts";
import { ReplayRecorder, type ReplayTitle } from "../replay/replay-recorder.ts";
import { makeFolder } from "./make-folder.ts";
import { outputsOrderSchema } from "./outputs-order.ts";
import { Recording } from "./recording.ts";
import type { OutputFormat } from "./sheet.ts";

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
  /** What else is written beside the outputs, and in their format. */
  readonly beside?: (to: { readonly folder: string; readonly format: OutputFormat }) => Recorder;
}

/** Fails where nothing can be written to the files asked for. */
export function openRecorder(order: RecordOrder, run: RecordedRun): Result<Recorder> {
  const { outputs, replay, several } = order;
  const folder = outputs === null ? "" : several ? join(outputs.folder, `seed-${run.seed}`) : outputs.folder;
  const unwritable = (error: unknown): Problem => problem("OUTPUT_UNWRITABLE", { folder, reason: reasonOf(error) });
  const unplayable = (error: unknown): Problem => problem("REPLAY_UNWRITABLE", { reason: reasonOf(error) });
  const parts: Recorder[] = [];
  try {
    if (outputs !== null) {
      const recording = wary(unwritable, () => new Recording({ ...outputs, folder }, run.simulation, run.programs));
      parts.push(waryRecorder(unwritable, recording));
      const beside = wary(unwritable, () => run.beside?.({ folder, format: outputs.format }));
      if (beside !== undefined) parts.push(waryRecorder(unwritable, beside));
    }
    if (replay !== null) {
      const recording = wary(unplayable, () => {
        makeFolder(dirname(resolve(replay)));
        return new ReplayRecorder(replay, run.simulation, { scenario: run.scenario, seed: run.seed });
      });
      parts.push(waryRecorder(unplayable, recording));
    }
  } catch (error) {
    if (error instanceof ProblemError) return failed(...error.problems);
    throw error;
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

/** A disk that is full while the run goes on is thrown as a `ProblemError`. */
const waryRecorder = (told: (error: unknown) => Problem, recorder: Recorder): Recorder => ({
  note: () => wary(told, () => recorder.note()),
  close: () => wary(told, () => recorder.close()),
});

function wary<T>(told: (error: unknown) => Problem, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new ProblemError([told(error)], { cause: error });
  }
}

/** What the file system said; anything else is a bug of ours. */
function reasonOf(error: unknown): string {
  if (error instanceof Error && "code" in error) return error.message;
  throw error;
}
