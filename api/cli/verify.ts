/** `greenwave verify`: whether a sealed package is what the traffic centre sealed. */
import { type Problem, problem, sentence } from "../../core/problems/problem.ts";
import { readPublicKeys } from "../evidence/keys.ts";
import { type Verdict, verifyPackage } from "../evidence/verify-package.ts";
import type { Verb } from "./verb.ts";

function documentOf(folder: string, { manifest, manifest_sha256, findings }: Verdict) {
  const { case_id, edition, camera, rule, event, sealed_at_ms } = manifest;
  return {
    package: folder,
    genuine: findings.length === 0,
    case_id,
    edition,
    camera: camera.id,
    rule: `${rule.id} ${rule.version}`,
    event_at_ms: event.at_ms,
    sealed_at_ms,
    manifest_sha256,
    files: manifest.files.length,
    pictures: manifest.clip.frames.length,
    findings: findings.map((finding: Problem) => ({
      code: finding.code,
      words: finding.words,
      message: sentence(finding),
    })),
  };
}

function textOf(folder: string, { manifest, findings }: Verdict): string {
  const { case_id, edition, files, clip } = manifest;
  if (findings.length > 0) return `${folder}: not genuine`;
  const sealed = new Date(manifest.sealed_at_ms).toISOString();
  return (
    `${folder}: genuine. Case ${case_id}, edition ${edition}, sealed ${sealed}: ` +
    `${files.length} files, ${clip.frames.length} pictures, nothing changed since.`
  );
}

export const verifyVerb: Verb = {
  name: "verify",
  summary: "is a sealed evidence package genuine",
  positionals: "<package>",
  maxPositionals: 1,
  options: {
    keys: { type: "string", placeholder: "<file or folder>", help: "public keys (*.pem) of the traffic centre" },
    roots: {
      type: "string",
      placeholder: "<folder>",
      help: "the published daily roots: finds a package put back whole",
    },
  },
  more:
    "Works without the service, its database and a network. Every change is named: a byte, a picture dropped, put in,\n" +
    "moved or changed, files swapped, a log entry deleted, an older manifest put back, a clock set back. With --roots\n" +
    "also an older package put back whole, log and all. <package>.proof.json is used where it lies beside the package.",
  async run(args) {
    const [folder] = args.positionals;
    const path = args.text("keys");
    if (folder === undefined || path === undefined) {
      const what = folder === undefined ? "<package>" : "--keys";
      return { ok: false, problems: [problem("MISSING_ARGUMENT", { verb: "verify", what })] };
    }
    const keys = await readPublicKeys(path);
    if (!keys.ok) return keys;
    const verdict = await verifyPackage(folder, keys.value, args.text("roots"));
    if (!verdict.ok) return verdict;
    const { findings } = verdict.value;
    const [document, text] = [documentOf(folder, verdict.value), textOf(folder, verdict.value)];
    return findings.length === 0 ? { ok: true, document, text } : { ok: false, problems: findings, document, text };
  },
};
