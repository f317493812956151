/** Which network a camera sees with, by name and by its bytes: evidence says so. */
import { readFile } from "node:fs/promises";
import { ok, type Result } from "../../core/problems/problem.ts";
import type { ModelChoice } from "../schema.ts";
import { manifestFile, readManifest, sha256 } from "./manifest.ts";
import { shippedModelFile, usualModel } from "./shipped.ts";

export interface ModelIdentity {
  readonly name: string;
  /** Of the ONNX file; empty where there is no network. */
  readonly sha256: string;
}

/** Problems: of the manifest of a shipped model. Rejects when a site's own file cannot be read. */
export async function modelIdentity({ use, file }: Pick<ModelChoice, "use" | "file">): Promise<Result<ModelIdentity>> {
  if (file !== undefined) return ok({ name: file, sha256: sha256(await readFile(file)) });
  if (use === "background") return ok({ name: use, sha256: "" });
  const manifest = await readManifest(manifestFile(shippedModelFile(use ?? usualModel)));
  return manifest.ok ? ok({ name: manifest.value.name, sha256: manifest.value.sha256 }) : manifest;
}
