/** The player alone, with the replays that it is given, for whoever is at this machine: without log-in and without a service. */
import Fastify, { type FastifyInstance } from "fastify";
import { problem } from "../../core/problems/problem.ts";
import type { ReplayFiles } from "../replays/replay-files.ts";
import { declareAccess } from "./access.ts";
import { pageRoute } from "./page.ts";
import { replyFailure, replyProblem } from "./problem-reply.ts";
import { replaysRoutes } from "./replays.ts";
import { guard } from "./security.ts";

export async function buildPlayerServer(replays: ReplayFiles, webRoot?: string): Promise<FastifyInstance> {
  const server: FastifyInstance = Fastify({ logger: false, forceCloseConnections: true, bodyLimit: 1024 });
  guard(server);
  declareAccess(server);
  server.setErrorHandler(replyFailure);
  server.setNotFoundHandler((request, reply) =>
    replyProblem(request, reply, problem("ROUTE_UNKNOWN", { path: request.url.split("?")[0] ?? "/" })),
  );
  replaysRoutes(server, replays, "open");
  await pageRoute(server, webRoot, "player.html");
  await server.ready();
  return server;
}
