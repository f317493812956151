/** GET /api/cameras/:id/still.jpg: the camera's newest picture, with the time it was taken from the camera. */
import type { FastifyInstance } from "fastify";
import type { DetectionFeed } from "../../core/ports/detection-feed.ts";
import { problem } from "../../core/problems/problem.ts";
import { access } from "./access.ts";
import type { HttpDeps } from "./deps.ts";
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

  server.get<{ Params: { id: string } }>("/api/cameras/:id/still.jpg", access("open"), async (request, reply) => {
    const camera = deps.site.cameras.find(({ id }) => id === request.params.id);
    if (camera === undefined) {
      const known = deps.site.cameras.map(({ id }) => id).join(", ") || "-";
      return replyProblem(request, reply, problem("NO_SUCH_CAMERA", { camera: request.params.id, known }));
    }
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
