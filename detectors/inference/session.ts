/** ONNX Runtime's CPU sessions, opened one way for every network. */
import { InferenceSession } from "onnxruntime-node";
import { ProblemError, problem } from "../../core/problems/problem.ts";

/** What is said of a file that cannot be loaded: one of ours, or one that a site brings. */
type Refusal = "MODEL_UNLOADABLE" | "MODEL_FILE_UNLOADABLE";

/** `threads`: of one inference, 1 or more. Rejects with a `ProblemError` (`refusal`) that names `file`. */
export async function createSession(
  bytes: Uint8Array,
  threads: number,
  file: string,
  refusal: Refusal = "MODEL_UNLOADABLE",
): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(bytes, {
      executionProviders: ["cpu"],
      executionMode: "sequential",
      graphOptimizationLevel: "all",
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      // Threads that spin while they wait for the next frame would starve the decoder beside them.
      extra: { session: { intra_op: { allow_spinning: "0" } } },
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ProblemError([problem(refusal, { file, reason: reason.replace(/[.\s]+$/, "") })], { cause });
  }
}
