/** GET /api/replays: which replays there are; GET /api/replays/:name: one of them, as its bytes. */
import type { FastifyInstance } from "fastify";
import { problem } from "../../core/problems/problem.ts";
import type { ReplayFiles } from "../replays/replay-files.ts";
import { type Access, access } from "./access.ts";
import { replyProblem } from "./problem-reply.ts";

/** `needed`: replays show simulated vehicles, and tell how a plan was rehearsed. */
export function replaysRoutes(server: FastifyInstance, replays: ReplayFiles, needed: Access): void {
  server.get("/api/replays", access(needed, { does: "Replays of simulated traffic, newest first." }), async () => ({
    replays: await replays.list(),
  }));
  const about = { does: "A replay file, for the player.", answers: "application/octet-stream" };
  server.get<{ Params: { name: string } }>("/api/replays/:name", access(needed, about), async (request, reply) => {
    const { name } = request.params;
    const file = await replays.open(name);
    if (file === null) return replyProblem(request, reply, problem("REPLAY_NOT_THERE", { name }));
    return reply.type("application/octet-stream").header("cache-control", "no-store").send(file);
  });
}
