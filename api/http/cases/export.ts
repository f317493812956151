/** POST /api/cases/:id/export: the whole package for the authority that may have it, or what everybody concerned may see. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { canonicalJson } from "../../../core/evidence/canonical-json.ts";
import type { CaseRecord } from "../../../core/ports/cases.ts";
import { problem } from "../../../core/problems/problem.ts";
import { derivedNames, type PackageView } from "../../cases/package-view.ts";
import { type TarFile, tarOf } from "../../cases/tar.ts";
import { proofFile, sealing } from "../../evidence/package-files.ts";
import { access } from "../access.ts";
import { readBody } from "../body.ts";
import { identityOf } from "../identity.ts";
import { refuse } from "../problem-reply.ts";
import { type CaseDeps, namedPackage, reason, roomForWords } from "./deps.ts";

const bodySchema = z.strictObject({ reason, redacted: z.boolean() });

/** What goes with pictures that prove nothing by themselves: what they show, and which sealed package they are of. */
function aboutCase(record: CaseRecord, { manifest }: PackageView): string {
  const { camera, intersection, lane, rule, at_ms, uncertainty_ms, measured, staged } = record.detection;
  const files = manifest.files.filter(({ role }) => role === "derived");
  const sealed = record.evidence.state === "ready" ? record.evidence.manifest_sha256 : null;
  return canonicalJson({
    case_id: record.id,
    camera,
    intersection,
    lane,
    rule,
    class: record.detection.class,
    at_ms,
    uncertainty_ms,
    measured,
    staged,
    files: files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
    manifest_sha256: sealed,
  });
}

const textFile = (name: string, text: string): TarFile => ({
  name,
  bytes: Buffer.byteLength(text),
  content: { text },
});

async function filesOf(folder: string, within: string, names: readonly string[]): Promise<readonly TarFile[]> {
  const file = async (name: string): Promise<TarFile> => {
    const path = join(folder, name);
    return { name: `${within}/${name}`, bytes: (await stat(path)).size, content: { path } };
  };
  return Promise.all(names.map(file));
}

/** What comes with a sealed package, for whoever holds it against the published roots of days. */
async function proofOf({ packages }: CaseDeps, { id, evidence }: CaseRecord): Promise<readonly TarFile[]> {
  const proof = evidence.state === "ready" ? await packages.proofOf(id, evidence.manifest_sha256) : null;
  if (proof === null) return [];
  return [textFile(proofFile(id), canonicalJson(proof))];
}

async function exported(
  deps: CaseDeps,
  record: CaseRecord,
  view: PackageView,
  redacted: boolean,
): Promise<readonly TarFile[]> {
  const { folder, manifest } = view;
  if (!redacted) {
    const names = [...manifest.files.map(({ name }) => name), ...sealing];
    return [...(await filesOf(folder, record.id, names)), ...(await proofOf(deps, record))];
  }
  const about = textFile(`${record.id}/case.json`, aboutCase(record, view));
  return [about, ...(await filesOf(folder, record.id, derivedNames(view)))];
}

export function exportRoute(server: FastifyInstance, deps: CaseDeps): void {
  const options = {
    ...access("export_evidence", {
      does: "The sealed package, or only what is redacted, as a tar file.",
      body: bodySchema,
      answers: "application/x-tar",
    }),
    ...roomForWords,
  };
  server.post<{ Params: { id: string } }>("/api/cases/:id/export", options, async (request, reply) => {
    const { id } = request.params;
    const body = readBody(bodySchema, request);
    if (!body.ok) return refuse(request, reply, body.problems);
    const found = await namedPackage(deps, request, id);
    if (!found.ok) return refuse(request, reply, found.problems);
    const { record, view } = found.value;
    if (view === null) return refuse(request, reply, [problem("CASE_NOT_SHOWABLE")]);
    const { reason: why, redacted } = body.value;
    const files = await exported(deps, record, view, redacted);
    const now_ms = deps.clock.nowMs();
    await deps.cases.record(
      id,
      "exported",
      { case_id: id, by: identityOf(request).name, redacted, reason: why },
      now_ms,
    );
    const action = redacted ? "case.exported_redacted" : "case.exported";
    await deps.witness.did(request, { action, subject: id, purpose: why });
    return reply
      .type("application/x-tar")
      .header("cache-control", "no-store")
      .header("content-disposition", `attachment; filename="${id}${redacted ? "-redacted" : ""}.tar"`)
      .send(Readable.from(tarOf(files, now_ms)));
  });
}
