/** Explanations of a run: written a line each, and reckoned up. */
import { dirname, resolve } from "node:path";
import { ExplainedPolicy, type Explanation } from "../../core/adaptive/explain/explained-policy.ts";
import { type PredictionError, PredictionScore } from "../../core/adaptive/explain/prediction-score.ts";
import type { Junction } from "../../core/adaptive/junction.ts";
import type { Policy } from "../../core/adaptive/policy.ts";
import { usualQueues } from "../../core/adaptive/queue-model.ts";
import { ProblemError, problem, reasonOf } from "../../core/problems/problem.ts";
import { makeFolder } from "../outputs/make-folder.ts";
import { TextFile } from "../outputs/text-file.ts";

export class DecisionLog {
  readonly #file: TextFile | null = null;
  readonly #path: string | null;
  readonly #signal: string | null;
  readonly #policies: ExplainedPolicy[] = [];
  readonly #score = new PredictionScore();
  readonly #changes: Explanation[] = [];
  #told = 0;

  /** `signal`: of that one alone. What cannot be written is thrown as a `ProblemError`, now or later. */
  constructor(path: string | null, signal: string | null) {
    this.#path = path;
    this.#signal = signal;
    if (path !== null) {
      this.#file = this.#wary(() => {
        makeFolder(dirname(resolve(path)));
        return new TextFile(path);
      });
    }
  }

  around(policy: Policy, junction: Junction, signal: string, now_s: () => number): Policy {
    if (this.#signal !== null && this.#signal !== signal) return policy;
    const tell = (explanation: Explanation): void => this.#tell(explanation);
    const explained = new ExplainedPolicy(policy, { junction, signal, horizon_s: usualQueues.horizon_s, now_s, tell });
    this.#policies.push(explained);
    return explained;
  }

  /** When the run is over. */
  close(): { readonly told: number; readonly prediction: PredictionError; readonly changes: readonly Explanation[] } {
    for (const policy of this.#policies) policy.end();
    this.#wary(() => this.#file?.close());
    return { told: this.#told, prediction: this.#score.error, changes: this.#changes };
  }

  #tell(explanation: Explanation): void {
    this.#told += 1;
    this.#wary(() => this.#file?.text(`${JSON.stringify(explanation)}\n`));
    const { predicted_veh_s, realised_veh_s, chosen, stage, reason } = explanation;
    if (predicted_veh_s !== null && realised_veh_s !== null) this.#score.add(predicted_veh_s, realised_veh_s);
    if (this.#signal !== null && (chosen !== stage || reason !== "kept")) this.#changes.push(explanation);
  }

  #wary<T>(write: () => T): T {
    try {
      return write();
    } catch (error) {
      throw new ProblemError([problem("DECISIONS_UNWRITABLE", { file: this.#path ?? "", reason: reasonOf(error) })]);
    }
  }
}
