/** Cases whose evidence is to be made, each with when it is looked at next. */
import type { CaseRecord } from "../../../core/ports/cases.ts";
import type { Problem } from "../../../core/problems/problem.ts";

export interface WaitingCase {
  readonly record: CaseRecord;
  attempts: number;
  trouble: Problem | null;
  next_ms: number;
  /** Somebody is at it. */
  busy: boolean;
}

/** More than a city makes in a bad day; the rest stays in the store and comes later. */
const most = 5000;

export class WaitingCases {
  readonly #cases = new Map<string, WaitingCase>();

  get size(): number {
    return this.#cases.size;
  }

  /** Takes in what is new, and forgets what nobody waits for any more. */
  adopt(pending: readonly CaseRecord[]): void {
    const ids = new Set(pending.map(({ id }) => id));
    for (const [id, { busy }] of this.#cases) if (!busy && !ids.has(id)) this.#cases.delete(id);
    for (const record of pending) {
      const { id, evidence } = record;
      if (evidence.state !== "pending" || this.#cases.has(id) || this.#cases.size >= most) continue;
      const { attempts, trouble } = evidence;
      this.#cases.set(id, { record, attempts, trouble, next_ms: 0, busy: false });
    }
  }

  delete(id: string): void {
    this.#cases.delete(id);
  }

  /** To look at now, the oldest act first. */
  due(now_ms: number): readonly WaitingCase[] {
    return [...this.#cases.values()]
      .filter(({ busy, next_ms }) => !busy && next_ms <= now_ms)
      .toSorted((a, b) => a.record.detection.at_ms - b.record.detection.at_ms);
  }

  /** The trouble of the case that was tried most often; null while none has any. */
  trouble(): Problem | null {
    let worst: WaitingCase | null = null;
    for (const each of this.#cases.values()) {
      if (each.trouble !== null && each.attempts > (worst?.attempts ?? 0)) worst = each;
    }
    return worst?.trouble ?? null;
  }
}
