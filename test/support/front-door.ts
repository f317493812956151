/** The front door with real parts kept in memory: the sample site, a bus, stores, one camera, and a clock that can stand still. */
import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { parse } from "yaml";
import { Accounts } from "../../api/accounts/accounts.ts";
import { InProcessBus } from "../../api/bus/in-process-bus.ts";
import { Gatekeeper } from "../../api/gate/gatekeeper.ts";
import type { Health, HttpDeps } from "../../api/http/deps.ts";
import { buildHttpServer } from "../../api/http/server.ts";
import { siteDistance } from "../../api/plates/site-distance.ts";
import { Trace } from "../../api/plates/trace.ts";
import { TravelStatistics } from "../../api/plates/travel-statistics.ts";
import { replayFolder } from "../../api/replays/replay-files.ts";
import { type Site, siteSchema } from "../../api/site/schema.ts";
import type { Role } from "../../core/accounts/roles.ts";
import type { Audit } from "../../core/ports/audit.ts";
import type { Bus } from "../../core/ports/bus.ts";
import type { CaseStore } from "../../core/ports/cases.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { DetectionFeed, DetectorEvent, FeedStatus } from "../../core/ports/detection-feed.ts";
import type { PassageStore } from "../../core/ports/passages.ts";
import type { PlateVault } from "../../core/ports/plate-vault.ts";
import type { ControllerStatus } from "../../core/ports/signal-controller.ts";
import type { EventLog, FlowStore, Ledger, MovementStore, PlanStore } from "../../core/ports/storage.ts";
import { ok } from "../../core/problems/problem.ts";
import type { FlowInterval } from "../../core/traffic/flow-interval.ts";
import type { MovementInterval } from "../../core/traffic/movement-interval.ts";
import { memoryAccounts } from "./memory-accounts.ts";
import { memoryCases } from "./memory-cases.ts";
import { memoryKeeping } from "./memory-keeping.ts";
import { memoryPassages } from "./memory-passages.ts";
import { memoryDevices, memoryProposals } from "./memory-proposals.ts";
import { memoryAudit, memoryFlows, memoryLedger, memoryPlans } from "./memory-storage.ts";
import { memoryVault } from "./plate-vault.ts";

export const CAMERA = "camera-nguyen-tri-phuong";

export const sampleSite = (): Site =>
  siteSchema.parse(parse(readFileSync(new URL("../../docs/sample-site.yaml", import.meta.url), "utf8")));

function memoryEvents(): EventLog {
  const rows: DetectorEvent[] = [];
  return {
    append: (events) => {
      rows.push(...events);
      return Promise.resolve();
    },
    recent: ({ origin, limit }) =>
      Promise.resolve(
        rows
          .filter((row) => origin === undefined || row.origin === origin)
          .slice(-limit)
          .reverse(),
      ),
  };
}

function memoryMovements(): MovementStore {
  const rows: MovementInterval[] = [];
  return {
    append: (intervals) => {
      rows.push(...intervals);
      return Promise.resolve();
    },
    recent: ({ feed, limit }) =>
      Promise.resolve(
        rows
          .filter((row) => feed === undefined || row.feed === feed)
          .slice(-limit)
          .reverse(),
      ),
  };
}

/** A camera whose picture and state the test decides. */
interface ScriptedFeed extends DetectionFeed {
  picture: Uint8Array | null;
  state: FeedStatus;
}

function scriptedFeed(feed: string, origin: FeedStatus["origin"], since_ms: number): ScriptedFeed {
  const scripted: ScriptedFeed = {
    feed,
    picture: null,
    state: { feed, origin, phase: "connecting", since_ms, message: null, frames: 0, frames_per_s: 0, gaps: [] },
    start: () => Promise.resolve(),
    close: () => Promise.resolve(),
    status: () => scripted.state,
    still: () => Promise.resolve(scripted.picture),
  };
  return scripted;
}

export interface FrontDoor {
  readonly server: FastifyInstance;
  readonly site: Site;
  readonly bus: Bus;
  readonly flows: FlowStore;
  readonly movements: MovementStore;
  readonly events: EventLog;
  readonly plans: PlanStore;
  readonly ledger: Ledger;
  readonly accounts: Accounts;
  readonly cases: CaseStore;
  readonly audit: Audit;
  readonly passages: PassageStore;
  readonly vault: PlateVault;
  readonly camera: ScriptedFeed;
  readonly signals: Map<string, ControllerStatus>;
  /** The cookie of a new session of that account, which is made, without a password, if there is none. */
  sessionOf(name: string, ...roles: readonly Role[]): Promise<string>;
  health: Health;
  /** Lines the service logged, as JSON. */
  readonly log: string[];
}

const healthy: Health = { status: "ok", parts: [{ name: "storage", state: "ok", message: null }] };

/** Wall clock unless the test brings its own. */
const wallClock: Clock = {
  nowMs: () => Date.now(),
  sleep: (ms, stop) =>
    new Promise((resolve, reject) => {
      const signal = stop as globalThis.AbortSignal | undefined;
      const timer = setTimeout(done, ms);
      function done(): void {
        signal?.removeEventListener("abort", aborted);
        resolve();
      }
      function aborted(): void {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      }
      if (signal?.aborted === true) aborted();
      else signal?.addEventListener("abort", aborted, { once: true });
    }),
};

export interface FrontDoorOptions {
  readonly clock?: Clock;
  readonly webRoot?: string;
  readonly site?: Site;
  /** Folder of sealed packages, each in a folder called like its case. */
  readonly evidence?: string;
  /** Folder of replays. */
  readonly replays?: string;
  /** In place of those in memory. */
  readonly stores?: Partial<Pick<HttpDeps, "cases" | "audit" | "keeping" | "packages" | "gate" | "proposals">>;
}

export async function openFrontDoor(options: FrontDoorOptions = {}): Promise<FrontDoor> {
  const { clock = wallClock, webRoot = "/nowhere", site = sampleSite(), evidence = "/nowhere" } = options;
  const log: string[] = [];
  const signals = new Map<string, ControllerStatus>();
  const logger = pino({ level: "warn" }, { write: (line: string) => log.push(line) });
  const bus = new InProcessBus({ log: logger });
  const accountStore = memoryAccounts();
  const parts = {
    site,
    bus,
    flows: memoryFlows(),
    movements: memoryMovements(),
    events: memoryEvents(),
    plans: memoryPlans(),
    ledger: memoryLedger(),
    accounts: new Accounts({ store: accountStore, clock }),
    cases: memoryCases(),
    audit: memoryAudit(),
    passages: memoryPassages(),
    vault: memoryVault(),
  };
  const proposals = memoryProposals(parts.ledger);
  const gate = new Gatekeeper({
    ...parts,
    proposals,
    places: [],
    timezone: site.site.timezone,
    devices: memoryDevices(),
    clock,
    log: logger,
  });
  const camera = scriptedFeed(CAMERA, "camera", clock.nowMs());
  const sessionOf = async (name: string, ...roles: readonly Role[]): Promise<string> => {
    const now_ms = clock.nowMs();
    await accountStore.add({ name, roles, created_ms: now_ms, created_by: "test", password: "-" }, false);
    const token = randomBytes(32).toString("base64url");
    await accountStore.openSession(createHash("sha256").update(token, "utf8").digest("hex"), name, now_ms);
    return `greenwave_session=${token}`;
  };
  const door = { ...parts, camera, signals, log, health: healthy, sessionOf };
  const deps: HttpDeps = {
    ...parts,
    trace: new Trace({ ...parts, distance: siteDistance(site), clock }),
    replays: replayFolder(options.replays ?? "/nowhere"),
    travel: new TravelStatistics({ distance: siteDistance(site), sections: [], clock }),
    packages: { folderOf: async (id) => ok(join(evidence, id)), proofOf: async () => null },
    keeping: memoryKeeping(),
    gate,
    proposals,
    ...options.stores,
    feeds: () => [camera],
    signals: () => [...signals.values()],
    adaptive: () => [],
    spat: () => [],
    health: () => door.health,
    proposal: () => null,
    making: () => ({ waiting: 0, now: [], made: 0, failed: 0 }),
    rules: () => [],
    version: "0.1.0",
    clock,
    logger,
    webRoot,
  };
  return Object.assign(door, { server: await buildHttpServer(deps) });
}

/** Shows the given phases green and every other phase of the intersection red. */
export function statusOf(site: Site, id: string, greens: readonly number[], at_ms: number): ControllerStatus {
  const intersection = site.intersections.find((candidate) => candidate.id === id);
  if (intersection === undefined) throw new Error(`the sample site has no intersection ${id}`);
  const phases = intersection.signal.phases.map(({ number }) => number);
  return {
    controller: `controller-${id}`,
    intersection: id,
    at_ms,
    pattern: 1,
    free_status: "notFree",
    control_status: "systemControl",
    local_clock_s: 12,
    greens,
    yellows: [],
    reds: phases.filter((phase) => !greens.includes(phase)),
    walks: [],
  };
}

/** A minute of one lane, four motorcycles to every car. */
export function minuteOf(
  lane: string,
  intersection: string,
  start_ms: number,
  total: number,
  origin: FlowInterval["origin"] = "simulated",
): FlowInterval {
  const car = Math.round(total / 5);
  return {
    intersection,
    lane,
    feed: origin === "simulated" ? "simulated" : CAMERA,
    origin,
    start_ms,
    length_s: 60,
    total,
    by_class: { motorcycle: total - car, car },
    occupancy: 0.2,
    mean_headway_s: total > 1 ? 60 / total : null,
    quality: "valid",
    frames_seen: 600,
    gap_s: 0,
  };
}
