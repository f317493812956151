/** /api/devices: what may be written to each controller, and what a person may do about it. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Permission } from "../../core/accounts/roles.ts";
import type { ControllerStatus } from "../../core/ports/signal-controller.ts";
import type { Result } from "../../core/problems/problem.ts";
import { deviceViews } from "../gate/device-view.ts";
import type { Person, Place } from "../gate/parts.ts";
import { access } from "./access.ts";
import { readBody } from "./body.ts";
import { reason, roomForWords } from "./cases/deps.ts";
import { languageOf } from "./language.ts";
import { refuse } from "./problem-reply.ts";
import { type GateDeps, personOf } from "./proposals.ts";

export interface DevicesDeps extends GateDeps {
  signals(): readonly ControllerStatus[];
}

const reasonSchema = z.strictObject({ reason });
const acceptSchema = z.strictObject({
  reason,
  /** The checksum that whoever accepts has seen: another one since then is not accepted. */
  checksum: z.number().int().min(0).max(65_535),
});

interface Action<S extends typeof reasonSchema | typeof acceptSchema> {
  readonly path: string;
  readonly needs: Permission;
  readonly does: string;
  readonly schema: S;
  act(deps: DevicesDeps, place: Place, said: z.output<S>, by: Person): Promise<Result<unknown>>;
}

function actionRoute<S extends typeof reasonSchema | typeof acceptSchema>(
  server: FastifyInstance,
  deps: DevicesDeps,
  { path, needs, does, schema, act }: Action<S>,
): void {
  const acting = { ...access(needs, { does, body: schema }), ...roomForWords };
  server.post<{ Params: { id: string } }>(`/api/devices/:id/${path}`, acting, async (request, reply) => {
    const body = readBody(schema, request);
    if (!body.ok) return refuse(request, reply, body.problems);
    const place = deps.gate.place(request.params.id);
    if (!place.ok) return refuse(request, reply, place.problems);
    const said = body.value as z.output<S>;
    const { id } = place.value.controller;
    // What is about to be done is in the audit first: in an emergency nobody waits for the second entry.
    await deps.witness.did(request, { action: `device.${path}`, subject: id, purpose: said.reason });
    const done = await act(deps, place.value, said, personOf(request, needs));
    return done.ok ? reply.send({}) : refuse(request, reply, done.problems);
  });
}

export function devicesRoutes(server: FastifyInstance, deps: DevicesDeps): void {
  const reading = access("see_traffic", { does: "Every controller, and whether it may be written to." });
  server.get("/api/devices", reading, (request) => {
    const language = languageOf(request.headers["accept-language"]);
    return { devices: deviceViews(deps.gate, deps.signals(), language) };
  });
  actionRoute(server, deps, {
    path: "release",
    needs: "release_device",
    does: "Emergency, by one person: back to the local plan, and nothing is sent until somebody takes it back.",
    schema: reasonSchema,
    act: ({ gate }, place, said, by) => gate.release(place, said.reason, by),
  });
  actionRoute(server, deps, {
    path: "previous",
    needs: "release_device",
    does: "Emergency, by one person: back to the plan that was confirmed before the one in force.",
    schema: reasonSchema,
    act: ({ gate }, place, said, by) => gate.previous(place, said.reason, by),
  });
  actionRoute(server, deps, {
    path: "take-back",
    needs: "approve_plan",
    does: "A released controller may be commanded again.",
    schema: reasonSchema,
    act: ({ gate }, place, said, by) => gate.takeBack(place, said.reason, by),
  });
  actionRoute(server, deps, {
    path: "accept",
    needs: "approve_plan",
    does: "What somebody changed at the cabinet is right: it may be written to again.",
    schema: acceptSchema,
    act: ({ gate }, place, said, by) => gate.accept(place, said.checksum, said.reason, by),
  });
}
