/** Originals, where everybody can be recognised: for one case, with a reason, for some minutes, in the session that asked. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { problem } from "../../../core/problems/problem.ts";
import { originalNames } from "../../cases/package-view.ts";
import { access } from "../access.ts";
import { readBody } from "../body.ts";
import { identityOf } from "../identity.ts";
import { refuse } from "../problem-reply.ts";
import { readQuery } from "../query.ts";
import { sessionToken } from "../session-cookie.ts";
import { type CaseDeps, namedPackage, reason, roomForWords } from "./deps.ts";
import { Grants } from "./grants.ts";
import { noMedia, showFile } from "./media.ts";

const bodySchema = z.strictObject({ reason });
const querySchema = z.strictObject({ grant: z.string().min(1).max(100) });

export function originalRoutes(server: FastifyInstance, deps: CaseDeps): void {
  const grants = new Grants();

  const asking = {
    ...access("unblur", { does: "Lets this session see the originals of one case for ten minutes.", body: bodySchema }),
    ...roomForWords,
  };
  server.post<{ Params: { id: string } }>("/api/cases/:id/unblur", asking, async (request, reply) => {
    const { id } = request.params;
    const body = readBody(bodySchema, request);
    if (!body.ok) return refuse(request, reply, body.problems);
    const found = await namedPackage(deps, request, id);
    if (!found.ok) return refuse(request, reply, found.problems);
    const { view } = found.value;
    const names = view === null ? [] : originalNames(view);
    const [first] = names;
    if (first === undefined) return refuse(request, reply, [problem("CASE_NOT_SHOWABLE")]);
    const now_ms = deps.clock.nowMs();
    const said = { case_id: id, by: identityOf(request).name, reason: body.value.reason };
    await deps.cases.record(id, "unblurred", said, now_ms);
    await deps.witness.did(request, { action: "case.unblurred", subject: id, purpose: body.value.reason });
    const { token, until_ms } = grants.give(id, sessionToken(request.headers.cookie) ?? "", now_ms);
    const address = (name: string): string => `/api/cases/${id}/original/${name}?grant=${token}`;
    const originals = names.map((name) => ({ name, url: address(name) }));
    return reply.header("cache-control", "no-store").send({ url: address(first), until_ms, originals });
  });

  const seeing = access("unblur", {
    does: "A clip or still as the camera sent it, for whoever was granted it.",
    query: querySchema,
    answers: "video/mp4, image/jpeg",
  });
  server.get<{ Params: { id: string; name: string } }>(
    "/api/cases/:id/original/:name",
    seeing,
    async (request, reply) => {
      const { id, name } = request.params;
      const query = readQuery(querySchema, request);
      if (!query.ok) return refuse(request, reply, [query.problem]);
      const session = sessionToken(request.headers.cookie) ?? "";
      if (!grants.holds(query.value.grant, id, session, deps.clock.nowMs())) {
        deps.witness.missed(request);
        return refuse(request, reply, [problem("CASE_GRANT_OVER")]);
      }
      const found = await namedPackage(deps, request, id);
      if (!found.ok) return refuse(request, reply, found.problems);
      const { view } = found.value;
      if (view === null || !originalNames(view).includes(name)) {
        return refuse(request, reply, [noMedia(id, name)]);
      }
      await deps.witness.saw(request, { action: "case.original_seen", subject: `${id}/${name}` });
      return showFile(reply, view, name);
    },
  );
}
