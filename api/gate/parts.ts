/** What the parts of the gate's workflow have in common. */
import type { NtcipController } from "../../controllers/index.ts";
import type { Intersection } from "../../core/network/schema.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { DeviceRecords } from "../../core/ports/device-records.ts";
import type { ProposalStore } from "../../core/ports/proposals.ts";
import type { SignalController } from "../../core/ports/signal-controller.ts";
import type { EventLog, Ledger, PlanStore } from "../../core/ports/storage.ts";

export interface GateLog {
  info(words: object, message: string): void;
  warn(words: object, message: string): void;
}

/** Who takes a step, and by which of their roles. */
export interface Person {
  readonly name: string;
  readonly role: string | null;
}

/** Of NTCIP, with a device to be asked for more than the port has words for; or of RSMP. */
export type GatedController = SignalController &
  Pick<NtcipController, "heartbeat"> & { readonly device?: NtcipController["device"] };

/** One controller of the site and where it stands. */
export interface Place {
  readonly controller: GatedController;
  readonly intersection: Intersection;
  /** A virtual controller forgets its parameters when it is started anew. */
  readonly virtual: boolean;
  /** `automatic`: plans of the service's own making need no second person; only of controllers that are arithmetic. */
  readonly approval: "automatic" | "second_person";
}

/** One whose controller can be led second by second: of NTCIP. */
export interface LedPlace extends Place {
  readonly controller: NtcipController;
}

export interface GateParts {
  readonly places: readonly Place[];
  readonly timezone: string;
  readonly proposals: ProposalStore;
  readonly devices: DeviceRecords;
  readonly plans: PlanStore;
  readonly events: EventLog;
  readonly ledger: Ledger;
  /** Resolves once the intersection runs its plan: before its device is looked at for a change of plans. */
  readonly standAside?: (intersection: string) => Promise<void>;
  readonly clock: Clock;
  readonly log: GateLog;
}

export interface SequenceParts extends GateParts {
  /** For a process without heartbeats; the service has them. */
  readonly alive?: () => Promise<void>;
  /** Nothing more is begun once this is aborted. */
  readonly stop: AbortSignal;
}
