/** Pictures and clips of a case: those with bystanders blurred to whoever may see evidence, the plate after one's own review. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { type Problem, problem } from "../../../core/problems/problem.ts";
import { derivedNames, type PackageView, plateName } from "../../cases/package-view.ts";
import { access } from "../access.ts";
import { identityOf } from "../identity.ts";
import { refuse } from "../problem-reply.ts";
import { type CaseDeps, namedCase, namedPackage, packageOf } from "./deps.ts";
import { mayKnowPlate } from "./document.ts";

export const noMedia = (id: string, name: string): Problem => problem("CASE_MEDIA_UNKNOWN", { case: id, name });

/** Parts of the file, too, when a player asks for them. Nothing of it stays in the browser. */
export const showFile = (reply: FastifyReply, { folder }: PackageView, name: string): FastifyReply =>
  reply.header("cache-control", "no-store").sendFile(name, folder);

export function mediaRoutes(server: FastifyInstance, deps: CaseDeps): void {
  const seeing = access("see_evidence", {
    does: "A clip or still with everybody else made unrecognisable; parts of it by Range.",
    answers: "video/mp4, image/jpeg",
  });
  server.get<{ Params: { id: string; name: string } }>("/api/cases/:id/media/:name", seeing, async (request, reply) => {
    const { id, name } = request.params;
    const found = await namedPackage(deps, request, id);
    if (!found.ok) return refuse(request, reply, found.problems);
    const { view } = found.value;
    if (view === null || !derivedNames(view).includes(name)) {
      deps.witness.missed(request);
      return refuse(request, reply, [noMedia(id, name)]);
    }
    await deps.witness.saw(request, { action: "case.media_seen", subject: `${id}/${name}` });
    return showFile(reply, view, name);
  });

  const plate = access("see_plates", {
    does: "The plate of the case's vehicle, after one's own review.",
    answers: "image/jpeg",
  });
  server.get<{ Params: { id: string } }>("/api/cases/:id/plate.jpg", plate, async (request, reply) => {
    const { id } = request.params;
    const record = await namedCase(deps, request, id);
    if (!record.ok) return refuse(request, reply, record.problems);
    if (!mayKnowPlate(record.value, identityOf(request))) {
      return refuse(request, reply, [problem("CASE_PLATE_WITHHELD")]);
    }
    const view = await packageOf(deps, record.value);
    if (!view.ok) return refuse(request, reply, view.problems);
    const name = view.value === null ? null : plateName(view.value);
    if (view.value === null || name === null) return refuse(request, reply, [noMedia(id, "plate.jpg")]);
    await deps.witness.saw(request, { action: "case.plate_seen", subject: id });
    return showFile(reply, view.value, name);
  });
}
