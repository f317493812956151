/** The front door: HTTP on loopback, one file per resource; what is not open to everybody needs a log-in. */
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { type Language, problem } from "../../core/problems/problem.ts";
import { LiveHub } from "../live/hub.ts";
import { Tallies } from "../live/tallies.ts";
import { controlAccess } from "./access.ts";
import { accountsRoutes } from "./accounts.ts";
import { adaptiveRoute } from "./adaptive.ts";
import { auditRoute } from "./audit.ts";
import { camerasRoute } from "./cameras.ts";
import { casesRoutes } from "./cases/routes.ts";
import type { HttpDeps } from "./deps.ts";
import { devicesRoutes } from "./devices.ts";
import { eventsRoute } from "./events.ts";
import { evidenceRoute } from "./evidence.ts";
import { flowsRoute } from "./flows.ts";
import { healthRoute } from "./health.ts";
import { keepingRoutes } from "./keeping.ts";
import { LedgerReader, ledgerRoute } from "./ledger.ts";
import { liveRoute } from "./live.ts";
import { movementsRoute } from "./movements.ts";
import { openApiRoute } from "./openapi.ts";
import { pageRoute } from "./page.ts";
import { pageState } from "./page-state.ts";
import { plansRoute } from "./plans.ts";
import { replyFailure, replyProblem } from "./problem-reply.ts";
import { proposalsRoutes } from "./proposals.ts";
import { replaysRoutes } from "./replays.ts";
import { rulesRoute } from "./rules.ts";
import { guard } from "./security.ts";
import { siteRoute } from "./site.ts";
import { spatRoute } from "./spat.ts";
import { stateRoute } from "./state.ts";
import { traceRoute } from "./trace.ts";
import { travelTimesRoute } from "./travel-times.ts";
import { Witness } from "./witness.ts";

/**
 * A server ready to listen (`listen` in ./listen.ts) or to be asked with `inject`. Closing it ends every live view.
 */
export async function buildHttpServer(deps: HttpDeps): Promise<FastifyInstance> {
  const server: FastifyInstance = Fastify({
    loggerInstance: deps.logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    bodyLimit: 1024,
  });
  guard(server);
  const witness = new Witness(deps.audit, deps.clock);
  controlAccess(server, { accounts: deps.accounts, witness });
  server.setErrorHandler(replyFailure);
  server.setNotFoundHandler((request, reply) =>
    replyProblem(request, reply, problem("ROUTE_UNKNOWN", { path: request.url.split("?")[0] ?? "/" })),
  );

  const { bus, clock, logger, site } = deps;
  const tallies = new Tallies(
    site.cameras.flatMap(({ id, lines }) => lines.map((line) => ({ feed: id, line: line.id }))),
  );
  const ledger = new LedgerReader(deps.ledger, clock);
  const snapshot = (language: Language) => pageState(deps, tallies, ledger, language);
  const hub = new LiveHub({ bus, clock, logger, tallies, snapshot, health: (language) => deps.health(language) });
  server.addHook("preClose", () => hub.close());

  healthRoute(server, deps);
  siteRoute(server, site);
  stateRoute(server, snapshot);
  flowsRoute(server, deps);
  movementsRoute(server, deps);
  eventsRoute(server, deps);
  plansRoute(server, deps);
  ledgerRoute(server, ledger);
  camerasRoute(server, deps);
  rulesRoute(server, deps);
  liveRoute(server, hub);
  accountsRoutes(server, deps.accounts, witness);
  await casesRoutes(server, { ...deps, witness });
  evidenceRoute(server, deps);
  keepingRoutes(server, { ...deps, witness });
  auditRoute(server, { ...deps, witness });
  openApiRoute(server, deps.version);
  traceRoute(server, deps);
  travelTimesRoute(server, deps);
  proposalsRoutes(server, { ...deps, witness });
  spatRoute(server, deps);
  adaptiveRoute(server, deps);
  devicesRoutes(server, { ...deps, witness });
  replaysRoutes(server, deps.replays, "see_traffic");
  await pageRoute(server, deps.webRoot);
  await server.ready();
  return server;
}
