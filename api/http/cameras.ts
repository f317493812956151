/**
 * GET /api/cameras/:id/still.jpg: the camera's newest picture, with the time it was taken from the camera.
 * POST /api/cameras/:id/accept: a person has looked, and what the camera shows now is right.
 */
import type { FastifyInstance } from "fastify";
import type { DetectionFeed } from "../../core/ports/detection-feed.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import { access } from "./access.ts";
import type { HttpDeps } from "./deps.ts";
import { identityOf } from "./identity.ts";
import { replyProblem } from "./problem-reply.ts";

/** Several open pages ask for the same picture at about the same time: they share it for this long. */
const STILL_SHARED_MS = 150;

interface Picture {
  readonly asked_ms: number;
  readonly jpeg: Promise<Uint8Array | null>;
}

export function camerasRoute(server: FastifyInstance, deps: Pick<HttpDeps, "site" | "feeds" | "clock">): void {
  const newest = new Map<string, Picture>();

  const picture = (feed: DetectionFeed): Picture => {
    const now_ms = deps.clock.nowMs();
    const held = newest.get(feed.feed);
    if (held !== undefined && now_ms - held.asked_ms < STILL_SHARED_MS) return held;
    const asked = { asked_ms: now_ms, jpeg: feed.still() };
    newest.set(feed.feed, asked);
    return asked;
  };

  const unknown = (id: string): Problem =>
    problem("NO_SUCH_CAMERA", { camera: id, known: deps.site.cameras.map((camera) => camera.id).join(", ") || "-" });

  // Nothing here reaches a signal: it only ends the doubt about a camera's picture.
  const allowed = access("manage_cameras", { does: "What the camera shows now is right." });
  server.post<{ Params: { id: string } }>("/api/cameras/:id/accept", allowed, async (request, reply) => {
    const { id } = request.params;
    const { name: by } = identityOf(request);
    if (!deps.site.cameras.some((camera) => camera.id === id)) return replyProblem(request, reply, unknown(id));
    const feed = deps.feeds().find((candidate) => candidate.feed === id);
    if (feed?.accept === undefined) return replyProblem(request, reply, problem("NO_PICTURE", { camera: id }));
    request.log.info(
      { camera: id, by, blindness: feed.status().blindness ?? null },
      "what the camera shows was accepted",
    );
    feed.accept();
    return { camera: id, accepted: true };
  });

  const looking = access("open", { does: "The camera's newest picture.", answers: "image/jpeg" });
  server.get<{ Params: { id: string } }>("/api/cameras/:id/still.jpg", looking, async (request, reply) => {
    const camera = deps.site.cameras.find(({ id }) => id === request.params.id);
    if (camera === undefined) return replyProblem(request, reply, unknown(request.params.id));
    const feed = deps.feeds().find((candidate) => candidate.feed === camera.id);
    const { asked_ms, jpeg } = feed === undefined ? { asked_ms: 0, jpeg: null } : picture(feed);
    const bytes = await jpeg;
    if (bytes === null) return replyProblem(request, reply, problem("NO_PICTURE", { camera: camera.id }));
    return reply
      .type("image/jpeg")
      .header("cache-control", "no-store")
      .header("x-picture-at-ms", String(asked_ms))
      .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  });
}
