/** The RSMP sites of the site file: one supervisor that they dial in to, and a controller for each behind the gate. */
import {
  type RsmpConfig,
  RsmpController,
  readCertificates,
  Supervisor,
  type SupervisorEvent,
} from "../../controllers/index.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import type { Site } from "../site/schema.ts";
import { secret } from "./controller-credentials.ts";

export interface RsmpStreetOptions {
  readonly site: Site;
  readonly clock: Clock;
  readonly log: { info(words: object, message: string): void; warn(words: object, message: string): void };
}

export interface RsmpStreet {
  readonly controllers: readonly RsmpController[];
  /** Where sites dial in; null where the site file has none of them. */
  readonly port: number | null;
  /** Sites left out for want of their code. */
  readonly problems: readonly Problem[];
  close(): Promise<void>;
}

const nothing: RsmpStreet = { controllers: [], port: null, problems: [], close: () => Promise.resolve() };

/** What people should hear of: sites that come and go, their alarms, and commands by others. */
function tell({ log }: RsmpStreetOptions, event: SupervisorEvent): void {
  const { site } = event;
  if (event.event === "ready") log.info({ site, core: event.core, sxl: event.sxl }, "RSMP site connected");
  if (event.event === "disconnected") log.warn({ site, reason: event.reason }, "RSMP site disconnected");
  if (event.event === "foreign_command") log.warn({ site, what: event.what }, "somebody else commands this RSMP site");
  if (event.event !== "message" || event.message.type !== "Alarm") return;
  const { aCId: alarm, aS, aSp, cId: component } = event.message;
  if (aSp === "Issue" && aS === "Active") log.warn({ site, component, alarm }, "alarm raised");
  else if (aSp !== "Issue") log.info({ site, component, alarm, state: aSp }, "alarm changed");
}

async function listen(options: RsmpStreetOptions, codes: ReadonlyMap<string, string>): Promise<Result<Supervisor>> {
  const { rsmp } = options.site;
  if (rsmp === undefined) return failed(problem("RSMP_LISTENER_MISSING"));
  const { cert, key, ca, host, plain, port } = rsmp;
  const complete = cert !== undefined && key !== undefined && ca !== undefined;
  const security = plain || !complete ? ok(null) : await readCertificates({ cert, key, ca });
  if (!security.ok) return security;
  return Supervisor.listen({
    port,
    security: security.value,
    siteIds: [...codes.keys()],
    setsClock: true,
    securityCode: (site, level) => (level === 2 ? codes.get(site) : undefined),
    onEvent: (event) => tell(options, event),
    ...(host === undefined ? {} : { host }),
  });
}

function controllerOf({ clock, site }: RsmpStreetOptions, config: RsmpConfig, supervisor: Supervisor): RsmpController {
  const intersection = site.intersections.find(({ id }) => id === config.intersection);
  if (intersection === undefined)
    throw new Error(`controller ${config.id} names an intersection the site does not have`);
  const { id, component, stages, bands, plans, signal_groups, band_timeout_min } = config;
  return new RsmpController({
    id,
    intersection,
    component,
    layout: { stages, bands },
    plans,
    signalGroups: signal_groups,
    bandTimeout_min: band_timeout_min,
    site: () => supervisor.site(config.site_id),
    clock,
  });
}

export async function startRsmpStreet(options: RsmpStreetOptions): Promise<Result<RsmpStreet>> {
  const configs = options.site.controllers.filter((config) => config.kind === "rsmp");
  if (configs.length === 0) return ok(nothing);
  const codes = configs.map((config) => ({ config, code: secret(`Controller ${config.id}`, config.code_env) }));
  const problems = codes.flatMap(({ code }) => (code.ok ? [] : code.problems));
  const known = codes.flatMap(({ config, code }) => (code.ok ? [{ config, code: code.value }] : []));
  const supervisor = await listen(options, new Map(known.map(({ config, code }) => [config.site_id, code])));
  if (!supervisor.ok) return supervisor;
  return ok({
    controllers: known.map(({ config }) => controllerOf(options, config, supervisor.value)),
    port: supervisor.value.port,
    problems,
    close: () => supervisor.value.close(),
  });
}
