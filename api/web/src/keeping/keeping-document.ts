/** What is kept, held and to be deleted, as the service tells it. */
import type { KindForecast } from "../../../../core/keeping/forecast.ts";
import type { RetentionRule } from "../../../../core/keeping/retention-rules.ts";

export interface Deletion {
  readonly id: number;
  readonly case_id: string;
  readonly class: string;
  readonly due_ms: number;
  readonly proposed_ms: number;
}

export interface Hold {
  readonly case_id: string;
  readonly by: string;
  readonly reason: string;
  readonly since_ms: number;
}

export interface KeepingDocument {
  /** The rule in force of each class. */
  readonly classes: readonly RetentionRule[];
  readonly room: {
    readonly kinds: readonly KindForecast[];
    readonly days_left: number | null;
    readonly free_bytes: number;
  };
  readonly proposed: readonly Deletion[];
  readonly under_way: readonly Deletion[];
  readonly holds: readonly Hold[];
}
