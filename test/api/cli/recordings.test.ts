import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordingsVerb } from "../../../api/cli/recordings.ts";
import { runCommandLine } from "../../../api/cli/run.ts";
import { Recorder } from "../../../detectors/ring/recorder.ts";
import { h264Stream, stream } from "../../support/coded-pictures.ts";
import { ScriptedClock } from "../../support/data-folder.ts";
import { temporaryFolder } from "../../support/greenwave-service.ts";
import { ringIn } from "../../support/recorded-stream.ts";

const folder = temporaryFolder();
const clock = new ScriptedClock();
const from_ms = clock.nowMs();
const at = (seconds: number): string => new Date(from_ms + seconds * 1000).toISOString();

async function recordings(...argv: readonly string[]) {
  let [out, err] = ["", ""];
  const terminal = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
  };
  const words = ["recordings", ...argv, "--data", folder.path];
  const code = await runCommandLine([recordingsVerb], "1.2.3", words, terminal, new AbortController().signal);
  return { code, out, err };
}

const json = async (...argv: readonly string[]) => {
  const { code, out } = await recordings(...argv, "--json");
  return { code, document: JSON.parse(out) as Record<string, unknown> };
};

describe("recordings", () => {
  beforeAll(async () => {
    const recorder = new Recorder(ringIn(join(folder.path, "recordings")), clock);
    recorder.stream(h264Stream, from_ms);
    await stream(recorder, clock, { seconds: 2, group_s: 1 });
    recorder.end();
    await recorder.close();
  });
  afterAll(() => folder.remove());

  it("lists what is kept, for people and for programs", async () => {
    const { code, out } = await recordings();
    expect(code).toBe(0);
    expect(out).toContain("north: 0.0 MB");
    expect(out).toContain(`${at(0)} to ${at(1.96)}  h264 640x360, 50 pictures`);
    const { document } = await json("list", "--camera", "north");
    expect(document).toMatchObject({ cameras: [{ camera: "north", spans: [{ from_ms, pictures: 50 }], gaps: [] }] });
  });

  it("cuts a clip and says what is missing", async () => {
    const out = join(folder.path, "clip.mp4");
    const span = ["--camera", "north", "--from", at(0.2), "--to", String(from_ms + 4000)];
    const { code, document } = await json("cut", ...span, "--out", out);
    expect(code).toBe(0);
    expect(document).toMatchObject({
      complete: false,
      gaps: [{ from_ms: from_ms + 1960, to_ms: from_ms + 4000, why: "not_recorded" }],
      files: [{ file: out, duration_s: 2 }],
    });
    const told = (await recordings("cut", ...span, "--out", out)).out;
    expect(told).toContain(`missing ${at(1.96)} to ${at(4)} (not_recorded)`);
  });

  it("holds a span and lets it go", async () => {
    const span = ["--camera", "north", "--from", at(0), "--to", at(1)];
    const { document } = await json("hold", ...span, "--reason", "case 7");
    expect(document).toMatchObject({ from_ms, to_ms: from_ms + 1000, reason: "case 7" });
    const id = String(document["id"]);
    expect((await recordings()).out).toContain(`held ${at(0)} to ${at(1)}  ${id}  case 7`);
    expect((await recordings("release", "--camera", "north", "--hold", id)).code).toBe(0);
    expect((await recordings("release", "--camera", "north", "--hold", id)).err).toContain("has no hold");
  });

  it.each([
    [["cut", "--camera", "north", "--from", "yesterday", "--to", "1"], "--from must be a date and time"],
    [["cut", "--camera", "north", "--from", "2026-11-22T06:39:19", "--to", "1"], "must be a date and time"],
    [["cut", "--camera", "north"], "recordings needs --from and --to"],
    [["cut"], "recordings needs --camera"],
    [["hold", "--from", at(0)], "recordings needs --camera"],
    [["release"], "recordings needs --camera and --hold"],
    [["delete"], "delete is none of list, cut, hold, release"],
    [["list", "--camera", "south"], "Nothing is recorded of camera south"],
    [["cut", "--camera", "north", "--from", at(0), "--to", at(1)], "recordings needs --out"],
    [["cut", "--camera", "north", "--from", at(0), "--to", at(700), "--out", "x.mp4"], "at most 600 s"],
  ])("says in a sentence what is wrong with %j", async (argv, sentence) => {
    const { code, err } = await recordings(...argv);
    expect(code).toBe(1);
    expect(err).toContain(sentence);
  });
});
