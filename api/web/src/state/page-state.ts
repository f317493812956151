/** The service's documents as the page reads them. A compile-time test holds them equal to what `api/http` sends. */
import type { Approach, Corridor, Intersection, Lane, Schedule, Volume } from "../../../../core/network/schema.ts";
import type { FeedStatus, FeedView } from "../../../../core/ports/detection-feed.ts";
import type { ControllerStatus } from "../../../../core/ports/signal-controller.ts";
import type { LedgerEntry, StoredPlan } from "../../../../core/ports/storage.ts";
import type { FlowInterval } from "../../../../core/traffic/flow-interval.ts";
import type { PcuTable } from "../../../../core/traffic/pcu.ts";
import type { VehicleClass } from "../../../../core/traffic/vehicle-class.ts";

export type {
  Approach,
  ControllerStatus,
  Corridor,
  FeedStatus,
  FeedView,
  FlowInterval,
  Intersection,
  Lane,
  LedgerEntry,
  StoredPlan,
  Volume,
};

export interface CameraView {
  readonly id: string;
  readonly name?: string | undefined;
  readonly intersection: string;
  readonly lines: readonly {
    readonly id: string;
    readonly from: readonly [number, number];
    readonly to: readonly [number, number];
    readonly lane?: string | undefined;
    readonly direction: "forward" | "backward" | "both";
  }[];
  readonly interval_s: number;
  readonly origin: "simulated" | "camera";
}

export interface Site {
  readonly site: { readonly id: string; readonly name: string; readonly timezone: string };
  readonly intersections: readonly Intersection[];
  readonly corridors: readonly Corridor[];
  readonly volumes: readonly Volume[];
  readonly pcu: PcuTable;
  readonly cameras: readonly CameraView[];
  readonly controllers: readonly { readonly id: string; readonly intersection: string; readonly kind: string }[];
  readonly schedules: readonly Schedule[];
}

interface HealthPart {
  readonly name: string;
  readonly state: "ok" | "degraded" | "down";
  readonly message: string | null;
}

export interface Health {
  readonly status: "ok" | "degraded";
  readonly parts: readonly HealthPart[];
}

export interface LineTally {
  readonly feed: string;
  readonly line: string;
  readonly forward: number;
  readonly backward: number;
  readonly by_class: Readonly<Partial<Record<VehicleClass, number>>>;
  readonly last_at_ms: number | null;
}

export interface Plans {
  readonly in_force: readonly StoredPlan[];
  readonly recent: readonly StoredPlan[];
  readonly proposals: readonly { readonly corridor: string; readonly proposal: unknown }[];
}

export interface LedgerPage {
  readonly entries: readonly LedgerEntry[];
  readonly chain: { readonly entries: number; readonly broken_at: number | null; readonly checked_at_ms: number };
}

export interface PageState {
  readonly version: string;
  readonly now_ms: number;
  readonly health: Health;
  readonly signals: readonly ControllerStatus[];
  readonly feeds: readonly FeedStatus[];
  readonly flows: readonly FlowInterval[];
  readonly tallies: readonly LineTally[];
  readonly plans: Plans;
  readonly ledger: LedgerPage;
}
