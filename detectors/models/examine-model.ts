/** Is the shipped model there and unaltered? Looks at the files only; nothing is loaded. */
import { ok, type Result } from "../../core/problems/problem.ts";
import { readModel, roadUserModelFile } from "./manifest.ts";

/** One line about the model. Fails with `MODEL_MISSING`, `MODEL_ALTERED` or `MODEL_MANIFEST_BAD`. */
export async function examineModel(): Promise<Result<string>> {
  const model = await readModel(roadUserModelFile());
  if (!model.ok) return model;
  const { manifest, bytes } = model.value;
  return ok(
    `${manifest.name}, ${(bytes.length / 1e6).toFixed(1)} MB, SHA-256 ${manifest.sha256.slice(0, 12)} as stated`,
  );
}
