import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { evalTracksVerb } from "../../../api/cli/eval-tracks.ts";
import { runCommandLine } from "../../../api/cli/run.ts";
import { missing, sharedFolder } from "../../support/peers.ts";

async function evaluate(...argv: readonly string[]) {
  const said = { out: "", err: "" };
  const terminal = {
    out: (text: string) => {
      said.out += text;
    },
    err: (text: string) => {
      said.err += text;
    },
  };
  const argumentsGiven = ["eval-tracks", ...argv];
  const code = await runCommandLine([evalTracksVerb], "1.2.3", argumentsGiven, terminal, new AbortController().signal);
  return { code, ...said };
}

describe("eval-tracks", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "greenwave-tracks-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const put = async (path: string, text: string): Promise<void> => {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  };
  const score = (truth = "gt", tracks = "found") =>
    evaluate("--gt", join(folder, truth), "--tracks", join(folder, tracks), "--json");

  const twoFrames = "1,1,0,0,10,10,1,1,1\n2,1,0,0,10,10,1,1,1\n";
  const firstFrame = "1,5,0,0,10,10,0.9,-1,-1,-1\n";

  it.each([
    ["as MOTChallenge has them", "gt/a/gt/gt.txt", "found/a.txt"],
    ["in a folder named data", "gt/a/gt/gt.txt", "found/data/a.txt"],
    ["side by side", "gt/a.txt", "found/a.txt"],
  ])("finds sequences %s", async (_, truth, tracks) => {
    await put(truth, twoFrames);
    await put(tracks, firstFrame);
    const { code, out, err } = await score();
    expect([code, err]).toEqual([0, ""]);
    const scores = JSON.parse(out) as Record<string, unknown>;
    expect(scores).toMatchObject({ a: { MOTA: 0.5, FN: 1, FP: 0, IDF1: 0.666667, HOTA: 0.5 } });
    expect(scores["COMBINED_SEQ"]).toEqual(scores["a"]);
  });

  it("counts a sequence without tracks as missed, and says so with the names it looked for", async () => {
    for (const name of ["a", "b"]) await put(`gt/${name}/gt/gt.txt`, twoFrames);
    await put("found/a.txt", twoFrames);
    const { code, out, err } = await score();
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ b: { FN: 2, HOTA: 0 }, COMBINED_SEQ: { MOTA: 0.5 } });
    expect(err).toContain("b: no tracks, so every object counts as missed");
    expect(err).toContain(join(folder, "found", "data", "b.txt"));
  });

  it("says which tracks and which folders of truth were left aside", async () => {
    await put("gt/a/gt/gt.txt", twoFrames);
    await put("gt/b/gt.txt", twoFrames);
    await put("found/a.txt", firstFrame);
    await put("found/c.txt", firstFrame);
    const { code, out, err } = await score();
    expect([code, Object.keys(JSON.parse(out) as object)]).toEqual([0, ["a", "COMBINED_SEQ"]]);
    expect(err).toContain(`b is not scored: it has no ${join("gt", "gt.txt")}.`);
    expect(err).toContain("c.txt belongs to no sequence");
  });

  it("tells every bad line of every file, and gives no score", async () => {
    await put("gt/a/gt/gt.txt", "1,1,0,0,10\n");
    await put("gt/b/gt/gt.txt", twoFrames);
    await put("found/a.txt", firstFrame);
    await put("found/b.txt", `${firstFrame}2,5,0,0,ten,10\n`);
    const { code, out, err } = await score();
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      problems: [
        { code: "BOX_COLUMNS", at: { file: join(folder, "gt", "a", "gt", "gt.txt"), line: 1 } },
        { code: "BOX_NOT_NUMBER", at: { file: join(folder, "found", "b.txt"), line: 2, key: "width" } },
      ],
    });
    expect(err).toContain("b.txt:2 ");
  });

  it("refuses folders that hold nothing to score", async () => {
    await put("gt/a/gt/gt.txt", twoFrames);
    await put("found/README.md", "nothing yet");
    expect((await score("gt", "found")).err).toContain("holds tracks of none of the sequences a. Looked for");
    expect((await score("found", "gt")).err).toContain("holds no ground truth. Looked for");
    expect((await score("gt", "found/README.md")).err).toContain("is not a folder");
    const neither = await score("no", "nothing");
    expect(neither.err).toContain(`${join(folder, "no")} does not exist`);
    expect(neither.err).toContain(`${join(folder, "nothing")} does not exist`);
    expect((await evaluate("--gt", folder)).err).toContain("eval-tracks needs --tracks");
  });

  it("keeps the name of the combined scores for itself", async () => {
    await put("gt/COMBINED_SEQ/gt/gt.txt", twoFrames);
    await put("found/COMBINED_SEQ.txt", twoFrames);
    expect((await score()).err).toContain('"COMBINED_SEQ" is kept for the service itself');
  });

  it("shows a person a table with a row for each sequence", async () => {
    await put("gt/a/gt/gt.txt", twoFrames);
    await put("found/a.txt", firstFrame);
    const { out } = await evaluate("--gt", join(folder, "gt"), "--tracks", join(folder, "found"));
    expect(out.split("\n")).toEqual([
      "sequence       HOTA   DetA   AssA   IDF1   MOTA   MOTP  FP  FN  IDSW  Frag  MT  ML",
      "a             0.500  0.500  0.500  0.667  0.500  1.000   0   1     0     0   0   0",
      "COMBINED_SEQ  0.500  0.500  0.500  0.667  0.500  1.000   0   1     0     0   0   0",
      "",
    ]);
  });
});

describe.skipIf(missing("shared data"))("eval-tracks on the reference tracks", () => {
  const reference = join(sharedFolder, "data", "vision", "mot-metrics");

  it.each(["clean", "noisy"])("prints exactly what TrackEval gives for the %s tracker", async (tracker) => {
    const expected = JSON.parse(await readFile(join(reference, "expected_scores.json"), "utf8")) as object;
    const folders = ["--gt", join(reference, "gt"), "--tracks", join(reference, "trk", tracker)];
    const { code, out, err } = await evaluate(...folders, "--json");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toBe(`${JSON.stringify(expected[tracker as keyof typeof expected])}\n`);
  });
});
