/** What the front door needs from the rest of the service. `api/compose.ts` hands it over; tests hand over real stand-ins. */
import type { Logger } from "pino";
import type { Audit } from "../../core/ports/audit.ts";
import type { Bus } from "../../core/ports/bus.ts";
import type { CaseStore } from "../../core/ports/cases.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { DetectionFeed } from "../../core/ports/detection-feed.ts";
import type { ProposalStore } from "../../core/ports/proposals.ts";
import type { ControllerStatus } from "../../core/ports/signal-controller.ts";
import type { EventLog, FlowStore, Ledger, MovementStore, PlanStore } from "../../core/ports/storage.ts";
import type { Language } from "../../core/problems/problem.ts";
import type { SpatMessage } from "../../core/spat/message.ts";
import type { Accounts } from "../accounts/accounts.ts";
import type { ActingState } from "../adaptive/acting-intersection.ts";
import type { RuleState } from "../enforcement/enforcement.ts";
import type { MakingProgress } from "../evidence/making/making.ts";
import type { Gatekeeper } from "../gate/gatekeeper.ts";
import type { Trace } from "../plates/trace.ts";
import type { TravelStatistics } from "../plates/travel-statistics.ts";
import type { ReplayFiles } from "../replays/replay-files.ts";
import type { Site } from "../site/schema.ts";
import type { PackageFolders } from "./cases/deps.ts";
import type { KeepingDeps } from "./keeping.ts";

export interface HealthPart {
  readonly name: string;
  readonly state: "ok" | "degraded" | "down";
  /** One sentence with what to do, when not ok. */
  readonly message: string | null;
}

export interface Health {
  /** `ok` only while every part is. */
  readonly status: "ok" | "degraded";
  readonly parts: readonly HealthPart[];
}

export interface HttpDeps {
  readonly site: Site;
  readonly bus: Bus;
  readonly flows: FlowStore;
  readonly movements: MovementStore;
  readonly plans: PlanStore;
  readonly ledger: Ledger;
  readonly events: EventLog;
  readonly accounts: Accounts;
  readonly cases: CaseStore;
  readonly audit: Audit;
  readonly packages: PackageFolders;
  readonly keeping: KeepingDeps["keeping"];
  readonly trace: Trace;
  readonly travel: TravelStatistics;
  readonly replays: ReplayFiles;
  readonly gate: Gatekeeper;
  readonly proposals: ProposalStore;
  feeds(): readonly DetectionFeed[];
  /** Intersections that the site wants led by a policy. */
  adaptive(): readonly ActingState[];
  /** The newest SPAT message of each intersection. */
  spat(): readonly SpatMessage[];
  /** The latest status of each intersection's controller. */
  signals(): readonly ControllerStatus[];
  health(language: Language): Health;
  /** How far the making of evidence is. */
  making(): MakingProgress;
  /** What each rule has said since the start. */
  rules(language: Language): readonly RuleState[];
  /** The corridor's latest retiming proposal as a JSON document; null before the first. */
  proposal(corridor: string): unknown;
  readonly version: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Folder of the built page; absent: `dist/web` of this project. */
  readonly webRoot?: string;
}
