/** Are the shipped models there and unaltered? Looks at the files only; nothing is loaded. */
import { failed, ok, type Result } from "../../core/problems/problem.ts";
import { readModel } from "./manifest.ts";
import { shippedModelFile, shippedModels } from "./shipped.ts";

/** One line about them, the usual one first. Fails with `MODEL_MISSING`, `MODEL_ALTERED` or `MODEL_MANIFEST_BAD`. */
export async function examineModel(): Promise<Result<string>> {
  const models = await Promise.all(shippedModels.map((name) => readModel(shippedModelFile(name))));
  const problems = models.flatMap((model) => (model.ok ? [] : model.problems));
  if (problems.length > 0) return failed(...problems);
  const [usual = "", ...others] = models.flatMap((model) => (model.ok ? [about(model.value)] : []));
  return ok(`${usual} as stated; so are ${others.join(" and ")}`);
}

const about = ({ manifest, bytes }: { manifest: { name: string; sha256: string }; bytes: Uint8Array }): string =>
  `${manifest.name}, ${(bytes.length / 1e6).toFixed(1)} MB, SHA-256 ${manifest.sha256.slice(0, 12)}`;
