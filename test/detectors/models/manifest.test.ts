import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { examineModel } from "../../../detectors/models/examine-model.ts";
import { manifestFile, readManifest, readModel, readNanodet } from "../../../detectors/models/manifest.ts";
import { shippedModelFile, shippedModels } from "../../../detectors/models/shipped.ts";

describe("the shipped models", () => {
  it.each(shippedModels)("%s is the file that its manifest describes", async (name) => {
    const model = await readModel(shippedModelFile(name));
    expect(model).toMatchObject({ ok: true, value: { manifest: { name } } });
    if (model.ok) expect(model.value.bytes.length).toBe(model.value.manifest.bytes);
  });
});

describe("a manifest", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "greenwave-manifest-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function reasons(change: (document: Record<string, unknown>) => object): Promise<readonly unknown[]> {
    const text = await readFile(manifestFile(shippedModelFile("ssdlite-mobilenet-v2")), "utf8");
    const file = join(folder, "own.json");
    await writeFile(file, JSON.stringify(change(JSON.parse(text))));
    const read = await readManifest(file);
    return read.ok ? [] : read.problems.map(({ words }) => words["reason"]);
  }

  it("is held to the head that it names", async () => {
    expect(await reasons((document) => document)).toEqual([]);
    const [reason, ...more] = await reasons(({ anchors: _, ...rest }) => rest);
    expect([String(reason), more.length]).toEqual([expect.stringMatching(/^anchors: /), 0]);
    // Without a head it is a NanoDet, whose levels and bins are missed.
    const missed = (await reasons(({ head: _, ...rest }) => rest)).map((each) => String(each).split(":")[0]);
    expect(missed).toEqual(expect.arrayContaining(["bins", "levels", "input.multiple_px"]));
  });

  it("of another head is refused by whoever runs NanoDet alone", async () => {
    expect(await readNanodet(shippedModelFile("ssdlite-mobilenet-v2"))).toMatchObject({
      ok: false,
      problems: [{ code: "MODEL_MANIFEST_BAD", words: { reason: "head: is ssd, and nanodet is needed here" } }],
    });
  });
});

describe("the doctor's look at the models", () => {
  it("names each with its size and the beginning of its hash, the usual one first", async () => {
    const said = await examineModel();
    const text = said.ok ? said.value : "";
    expect(text).toMatch(/^nanodet-g-motorcycles, [\d.]+ MB, SHA-256 [0-9a-f]{12} as stated; so are nanodet-g, /);
    expect(text).toMatch(/ and ssdlite-mobilenet-v2, [\d.]+ MB, SHA-256 [0-9a-f]{12}$/);
  });
});
