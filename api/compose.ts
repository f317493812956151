/**
 * The only place where the parts of the service are wired together: settings in, a running service out. Parts start in
 * the order they stand here and close in the opposite one.
 */

import { setMaxListeners } from "node:events";
import { join } from "node:path";
import type { DetectionFeed, Sightings } from "../core/ports/detection-feed.ts";
import type { Service } from "../core/ports/service.ts";
import type { LedgerEntry } from "../core/ports/storage.ts";
import { ok, type Problem, ProblemError, type Result } from "../core/problems/problem.ts";
import type { LeftBehind } from "../detectors/index.ts";
import { Accounts } from "./accounts/accounts.ts";
import { offerFirstToken } from "./accounts/first-token.ts";
import { AdaptiveControl } from "./adaptive/adaptive-control.ts";
import { CycleControl } from "./adaptive/cycle-control.ts";
import { openBus } from "./bus/open-bus.ts";
import { AuditWatch } from "./cases/audit-watch.ts";
import { Screener } from "./cases/screener.ts";
import { ClockWatch } from "./control/clock-watch.ts";
import { createHeartbeats } from "./control/heartbeats.ts";
import { createRetiming, type Retiming } from "./control/retiming.ts";
import { createSignalPoller, type SignalPoller } from "./control/signal-poller.ts";
import { SpatFeed } from "./control/spat-feed.ts";
import type { Enforcement } from "./enforcement/enforcement.ts";
import type { EvidenceMaking } from "./evidence/making/making.ts";
import { Gatekeeper } from "./gate/gatekeeper.ts";
import type { GatedController, LedPlace, Place } from "./gate/parts.ts";
import type { Health } from "./http/deps.ts";
import { listen } from "./http/listen.ts";
import { buildHttpServer } from "./http/server.ts";
import { openPlateVault } from "./plates/plate-vault.ts";
import { siteDistance } from "./plates/site-distance.ts";
import { Trace } from "./plates/trace.ts";
import { replayFolder } from "./replays/replay-files.ts";
import { announcingCases, announcingLedger, announcingPlans } from "./service/announcing-stores.ts";
import { identitiesFor } from "./service/controller-credentials.ts";
import { createDetectionSink } from "./service/detection-sink.ts";
import { evidenceMaking } from "./service/evidence.ts";
import { createFeeds } from "./service/feeds.ts";
import { healthOf } from "./service/health.ts";
import { createKeeping } from "./service/keeping.ts";
import { leftBehind } from "./service/left-behind.ts";
import { serviceLogger } from "./service/logger.ts";
import { passagesAtWork } from "./service/passages.ts";
import { rulesAtWork } from "./service/rules.ts";
import { type ServeSettings, storagePlace } from "./service/settings.ts";
import { type ControllerAddress, type Street, startStreet } from "./service/street.ts";
import { systemClock } from "./service/system-clock.ts";
import { ffmpegProblem } from "./service/system-parts.ts";
import { version } from "./service/version.ts";
import { virtualCommunity } from "./service/virtual-community.ts";
import { loadSite } from "./site/load.ts";
import type { Site } from "./site/schema.ts";
import { openStorage, type Storage } from "./storage/open-storage.ts";

export interface RunningService {
  readonly url: string;
  readonly site: string;
  readonly data: string;
  readonly controllers: readonly ControllerAddress[];
  health(): Health;
  close(reason: string): Promise<void>;
}

/** Closes what was opened, last first; one that fails to close does not keep the others open. */
class Closers {
  readonly #closers: (() => Promise<unknown>)[] = [];

  add(close: () => Promise<unknown>): void {
    this.#closers.push(close);
  }

  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (const close of this.#closers.splice(0).reverse()) {
      await close().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, "some parts did not close");
  }
}

function need<T>(result: Result<T>): T {
  if (!result.ok) throw new ProblemError(result.problems);
  return result.value;
}

const log = serviceLogger();
const clock = systemClock;

/** Everything that remembers and announces. */
async function openMemory(settings: ServeSettings, site: Site, closers: Closers) {
  const vault = need(await openPlateVault(settings.dataDir, clock));
  const { bus, problems: busProblems } = openBus(site.site.id, process.env["REDIS_URL"] || undefined, { log });
  closers.add(() => bus.close());
  const heard = (entry: LedgerEntry): void => bus.publish("ledger", entry);
  const storage: Storage = need(await openStorage({ ...storagePlace(settings.dataDir), clock, vault, heard }));
  closers.add(() => storage.close());
  const { audit, events, flows, movements, passages, proposals } = storage;
  const cases = announcingCases(storage.cases, bus);
  const { dataDir } = settings;
  const keeping = need(await createKeeping({ site, dataDir, storage, cases, bus, clock, env: process.env }));
  return {
    storage,
    audit,
    events,
    flows,
    movements,
    proposals,
    bus,
    busProblems,
    accounts: new Accounts({ store: storage.accounts, clock }),
    trace: new Trace({ passages, audit, vault, distance: siteDistance(site), clock }),
    keeping,
    packages: keeping.packages,
    cases,
    replays: replayFolder(join(dataDir, "replays")),
    plans: announcingPlans(storage.plans, bus),
    ledger: announcingLedger(storage.ledger, bus),
  };
}

type Memory = Awaited<ReturnType<typeof openMemory>>;

interface Control {
  readonly street: Street;
  readonly poller: SignalPoller;
  readonly retimings: readonly Retiming[];
  readonly gate: Gatekeeper;
  readonly spat: SpatFeed;
  readonly adaptive: AdaptiveControl;
  readonly clocks: ClockWatch;
}

async function begin(service: Service, stop: AbortSignal, closers: Closers): Promise<void> {
  closers.add(() => service.close("stopping"));
  await service.start(stop);
}

/** Each service listens for the end: as many as nobody would run in one process. */
const MOST_SERVICES = 100;

async function startControl(settings: ServeSettings, site: Site, memory: Memory, stop: AbortSignal, closers: Closers) {
  setMaxListeners(MOST_SERVICES, stop);
  const community = await virtualCommunity(settings.dataDir);
  const secrets = need(await identitiesFor(site, settings.dataDir));
  const street = need(await startStreet({ site, virtualCommunity: community, secrets, clock, log }));
  closers.add(() => street.close());
  const { controllers } = street;
  const gated: readonly GatedController[] = [...controllers, ...street.rsmp];
  const spat = new SpatFeed({ site, bus: memory.bus, plans: memory.plans, log });
  await begin(spat, stop, closers);
  const poller = createSignalPoller({ controllers: gated, bus: memory.bus, clock, log });
  await begin(poller, stop, closers);
  const signals = () => poller.latest();
  const { events, flows, ledger, plans, proposals, storage } = memory;
  const { devices } = storage;
  const places = placesOf(site, gated);
  const { timezone } = site.site;
  const standAside = (intersection: string): Promise<void> => adaptive.standAside(intersection);
  const gate = new Gatekeeper({ places, timezone, proposals, devices, plans, events, ledger, standAside, clock, log });
  const adaptive = new AdaptiveControl({
    places: places.filter((place): place is LedPlace => isLed(site, place)),
    site,
    forbidden: (place) => gate.guard.problemOf(place.controller.id) ?? gate.changing(place.intersection.id),
    bus: memory.bus,
    ledger,
    clock,
    log,
  });
  const mayWrite = (controller: string): boolean => gate.guard.problemOf(controller) === null;
  await begin(createHeartbeats({ controllers: gated, signals, mayWrite, clock, log }), stop, closers);
  await begin(gate, stop, closers);
  await begin(adaptive, stop, closers);
  const clocks = new ClockWatch({ controllers, mayWrite, ledger, clock, log });
  await begin(clocks, stop, closers);
  // Where a policy leads, the plan that it would fall back on is not changed by machines.
  const offer: Gatekeeper["offer"] = (plan, reasons, actor) =>
    adaptive.leads(plan.intersection) ? Promise.resolve(ok({ active: false })) : gate.offer(plan, reasons, actor);
  const shared = { site, offer, signals, flows, plans, clock, log };
  const inCorridors = new Set(site.corridors.flatMap((corridor) => corridor.intersections.map(({ id }) => id)));
  const alone = () => adaptive.unled().filter(({ id }) => !inCorridors.has(id));
  await begin(new CycleControl({ ...shared, intersections: alone }), stop, closers);
  const retimings = site.corridors.map((corridor) => createRetiming({ ...shared, corridor }));
  return { street, poller, retimings, gate, spat, adaptive, clocks } satisfies Control;
}

/** Does the site want the controller led by a policy? */
const isLed = (site: Site, place: Place): place is LedPlace =>
  "control" in place.controller &&
  site.controllers.some(({ id, control }) => id === place.controller.id && control === "adaptive");

/** Every controller that can be reached, with where it stands and who lets plans through to it. */
function placesOf(site: Site, controllers: readonly GatedController[]): readonly Place[] {
  return controllers.flatMap((controller) => {
    const intersection = site.intersections.find(({ id }) => id === controller.intersection);
    const config = site.controllers.find(({ id }) => id === controller.id);
    if (intersection === undefined || config === undefined) return [];
    return [{ controller, intersection, virtual: config.kind === "virtual", approval: config.approval }];
  });
}

async function startFeeds(
  settings: ServeSettings,
  site: Site,
  memory: Memory,
  control: Control,
  stop: AbortSignal,
  closers: Closers,
): Promise<{ readonly feeds: readonly DetectionFeed[]; readonly old: LeftBehind; readonly enforcement: Enforcement }> {
  const { storage, cases, bus } = memory;
  const { controllers } = control.street;
  const rules = need(await rulesAtWork({ site, settings, controllers, cases, bus, clock, log }));
  const { enforcement } = rules;
  for (const service of rules.services) await begin(service, stop, closers);
  const { flows, movements, events } = storage;
  const judge = (sightings: Sightings) => enforcement.judge(sightings);
  const detections = createDetectionSink({ flows, movements, events, bus, clock, judge, log });
  await begin(detections, stop, closers);
  const signals = () => control.poller.latest();
  const feeds = need(createFeeds({ site, settings, sink: detections.sink, clock, signals }));
  for (const feed of feeds) await begin(feed, stop, closers);
  const watched = feeds.map(({ feed }) => feed);
  const old = leftBehind({ site, dataDir: settings.dataDir, watched, clock });
  await begin(old, stop, closers);
  return { feeds, old, enforcement };
}

/** Before the cameras, so that what was under way when the service ended is made first. */
async function startEvidence(
  settings: ServeSettings,
  site: Site,
  { cases, bus }: Memory,
  stop: AbortSignal,
  closers: Closers,
): Promise<EvidenceMaking> {
  const { dataDir } = settings;
  const evidence = await evidenceMaking({ site, dataDir, cases, bus, clock, log });
  await begin(evidence, stop, closers);
  return evidence;
}

/** What looks after cases and the audit by itself. */
async function startCases(
  { site: { country }, cases: said }: Site,
  memory: Memory,
  stop: AbortSignal,
  closers: Closers,
) {
  const { cases, storage } = memory;
  const rules = {
    country,
    moving_s: said.duplicate_window_s,
    standing_s: said.standing_window_s,
    priority: said.priority_plates,
  };
  const screener = new Screener({ cases, rules, clock, log });
  await begin(screener, stop, closers);
  const auditWatch = new AuditWatch({ audit: storage.audit, clock, log });
  await begin(auditWatch, stop, closers);
  return () => [
    { name: "screening", problem: screener.problem() },
    { name: "audit", problem: auditWatch.problem() },
  ];
}

/** Before the cameras, whose views it hears. */
async function startPassages(settings: ServeSettings, site: Site, memory: Memory, stop: AbortSignal, closers: Closers) {
  const { bus, storage } = memory;
  const { dataDir } = settings;
  const passages = passagesAtWork({ site, dataDir, passages: storage.passages, bus, clock, log });
  await begin(passages.reading, stop, closers);
  return passages;
}

/** Resolves once everything runs; rejects with a `ProblemError`, and then nothing is left running. */
export async function startService(settings: ServeSettings, stop: AbortSignal): Promise<RunningService> {
  const { site } = need(await loadSite(settings.siteFile));
  const closers = new Closers();
  try {
    const memory = await openMemory(settings, site, closers);
    const control = await startControl(settings, site, memory, stop, closers);
    const evidence = await startEvidence(settings, site, memory, stop, closers);
    const caseTroubles = await startCases(site, memory, stop, closers);
    const passages = await startPassages(settings, site, memory, stop, closers);
    const { feeds, old, enforcement } = await startFeeds(settings, site, memory, control, stop, closers);
    for (const retiming of control.retimings) await begin(retiming, stop, closers);
    for (const service of memory.keeping.services) await begin(service, stop, closers);
    const lacking: Problem | null = await ffmpegProblem();
    const health = (language: "en" | "vi" = "en"): Health =>
      healthOf(
        {
          storage: () => memory.storage.health().problems,
          bus: memory.busProblems,
          feeds: () => feeds,
          controllers: () => control.poller.troubles(),
          system: () => [
            { name: "ffmpeg", problem: lacking },
            { name: "old recordings", problem: old.problem() },
            { name: "evidence", problem: evidence.problem() },
            { name: "passages", problem: passages.reading.problem() },
            ...caseTroubles(),
            ...memory.keeping.problems(),
          ],
          street: () => [...control.street.problems(), ...control.gate.problems(), ...control.clocks.problems()],
          enforcement: () => enforcement.problems(),
          retiming: () => control.retimings.flatMap((retiming) => retiming.problems()),
        },
        language,
      );
    await offerFirstToken(memory.accounts, settings.dataDir, log);
    const server = await buildHttpServer({
      ...memory,
      site,
      gate: control.gate,
      spat: () => control.spat.latest(),
      adaptive: () => control.adaptive.states(),
      travel: passages.travel,
      feeds: () => feeds,
      signals: () => [...control.poller.latest().values()],
      health,
      making: () => evidence.progress(),
      rules: (language) => enforcement.rules(language),
      proposal: (corridor) => control.retimings.find((one) => one.corridor === corridor)?.proposal() ?? null,
      version: version(),
      clock,
      logger: log,
    });
    closers.add(() => server.close());
    const { url } = need(await listen(server, settings.port));
    const close = async (reason: string): Promise<void> => {
      log.info({ reason }, "stopping");
      await closers.close();
    };
    return {
      url,
      site: settings.siteFile,
      data: settings.dataDir,
      controllers: control.street.addresses,
      health,
      close,
    };
  } catch (error) {
    await closers.close();
    throw error;
  }
}
