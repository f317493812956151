/** Explanations of a run: written a line each, and reckoned up. */
import type { Explanation } from "../../core/adaptive/explain/explained-policy.ts";
import { ExplainedPolicy } from "../../core/adaptive/explain/explained-policy.ts";
import { type PredictionError, PredictionScore } from "../../core/adaptive/explain/prediction-score.ts";
import type { Junction } from "../../core/adaptive/junction.ts";
import type { Policy } from "../../core/adaptive/policy.ts";
import { usualQueues } from "../../core/adaptive/queue-model.ts";
import { TextFile } from "../outputs/text-file.ts";

export class DecisionLog {
  readonly #file: TextFile | null;
  readonly #signal: string | null;
  readonly #policies: ExplainedPolicy[] = [];
  readonly #score = new PredictionScore();
  readonly #changes: Explanation[] = [];
  #told = 0;

  /** `signal`: of that one alone. Throws what the file system says. */
  constructor(path: string | null, signal: string | null) {
    this.#file = path === null ? null : new TextFile(path);
    this.#signal = signal;
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
    this.#file?.close();
    return { told: this.#told, prediction: this.#score.error, changes: this.#changes };
  }

  #tell(explanation: Explanation): void {
    this.#told += 1;
    this.#file?.text(`${JSON.stringify(explanation)}\n`);
    const { predicted_veh_s, realised_veh_s, chosen, stage, reason } = explanation;
    if (predicted_veh_s !== null && realised_veh_s !== null) this.#score.add(predicted_veh_s, realised_veh_s);
    if (this.#signal !== null && (chosen !== stage || reason !== "kept")) this.#changes.push(explanation);
  }
}
