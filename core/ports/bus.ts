/** Live news between parts of the service: inside the process, or over Redis Streams where there are several machines. */

import type { Outflow } from "../adaptive/neighbours/outflow.ts";
import type { CaseState } from "../cases/states.ts";
import type { Approach } from "../network/schema.ts";
import type { SpatMessage } from "../spat/message.ts";
import type { FlowInterval } from "../traffic/flow-interval.ts";
import type { Crossing, DetectorEvent, FeedStatus, FeedView, Movement } from "./detection-feed.ts";
import type { ControllerStatus } from "./signal-controller.ts";
import type { LedgerEntry, StoredPlan } from "./storage.ts";

/** A case began, or was changed. What it is about is told to those who may see it, and not here. */
export interface CaseNews {
  readonly id: string;
  readonly state: CaseState;
  readonly at_ms: number;
}

/** Whom a led intersection has let go by one of its legs, and means to: see core/adaptive/neighbours. */
export interface OutflowNews extends Outflow {
  readonly intersection: string;
  /** The side by which they leave it. */
  readonly exit: Approach["from"];
  readonly vehicles: readonly number[];
}

export interface Topics {
  readonly flow: FlowInterval;
  readonly crossing: Crossing;
  readonly movement: Movement;
  readonly detector: DetectorEvent;
  readonly feed: FeedStatus;
  readonly view: FeedView;
  readonly signal: ControllerStatus;
  readonly spat: SpatMessage;
  readonly plan: StoredPlan;
  readonly ledger: LedgerEntry;
  readonly case: CaseNews;
  readonly outflow: OutflowNews;
}

export type Topic = keyof Topics;

export interface Bus {
  publish<T extends Topic>(topic: T, message: Topics[T]): void;
  /** Returns the unsubscribe function. A listener that throws is logged and never disturbs the publisher. */
  subscribe<T extends Topic>(topic: T, listener: (message: Topics[T]) => void): () => void;
  close(): Promise<void>;
}
