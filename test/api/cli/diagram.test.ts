import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { diagramVerb } from "../../../api/cli/diagram.ts";
import { retimeVerb } from "../../../api/cli/retime.ts";
import { runCommandLine } from "../../../api/cli/run.ts";

const site = fileURLToPath(new URL("../../../docs/sample-site.yaml", import.meta.url));

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "diagram-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(...argv: readonly string[]) {
  let [out, err] = ["", ""];
  const terminal = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
  };
  const code = await runCommandLine([diagramVerb, retimeVerb], "0", argv, terminal, new AbortController().signal);
  return { code, out, err };
}

async function street(more: object = {}): Promise<string> {
  const file = join(folder, "street.json");
  const plain = {
    cycle_s: 60,
    coord_green_s: [30, 30],
    speed_out_mps: [15],
    speed_in_mps: [15],
    positions_m: [0, 900],
  };
  await writeFile(file, JSON.stringify({ id: "two lights", ...plain, ...more }));
  return file;
}

describe("the verb diagram", () => {
  test("draws a street with the bands that are possible on it", async () => {
    const out = join(folder, "street.svg");
    const done = await run("diagram", await street(), "--out", out, "--json");
    expect(done.code).toBe(0);
    expect(JSON.parse(done.out)).toEqual({ file: out, cycle_s: 60, outbound_s: 30, inbound_s: 30 });
    const svg = await readFile(out, "utf8");
    expect(svg).toContain("two lights");
    expect(svg).toContain("green band outbound: 30 s");
  });

  test("draws the offsets that an answer has, whatever is possible", async () => {
    const file = await street({ max_equal: { one_optimal_offset_set_s: [0, 20] } });
    const done = await run("diagram", file, "--out", join(folder, "given.svg"), "--json");
    expect(JSON.parse(done.out)).toMatchObject({ outbound_s: 10, inbound_s: 10 });
  });

  test("draws the sample site's corridor, and the same plans from a file, as a PNG in Vietnamese", async () => {
    const made = await run("diagram", site, "--out", join(folder, "site.svg"), "--json");
    expect(made.code).toBe(0);
    const plans = join(folder, "plans.json");
    const proposal = await run("retime", site, "--json");
    await writeFile(plans, proposal.out);
    const bare = await run("diagram", plans, "--out", join(folder, "plans.png"));
    expect(bare.err).toContain("--site");
    const out = join(folder, "plans.png");
    const drawn = await run("diagram", plans, "--site", site, "--out", out, "--language", "vi", "--json");
    expect(drawn.code).toBe(0);
    expect({ ...JSON.parse(drawn.out), file: "" }).toEqual({ ...JSON.parse(made.out), file: "" });
    const { bands } = JSON.parse(proposal.out);
    expect(JSON.parse(drawn.out).outbound_s).toBeCloseTo(bands.outbound_s, 1);
    expect((await readFile(out)).subarray(1, 4).toString()).toBe("PNG");
  });

  test("says what is wrong with what was asked", async () => {
    const file = await street();
    const wrong: readonly (readonly [readonly string[], RegExp])[] = [
      [[file], /ends in .svg or .png/],
      [[file, "--out", join(folder, "a.gif")], /ends in .svg or .png/],
      [[file, "--out", join(folder, "nowhere", "a.svg")], /cannot be written/],
      [[file, "--out", join(folder, "nowhere", "a.png")], /cannot be written/],
      [[file, "--out", join(folder, "a.svg"), "--goal", "most"], /max_sum or max_equal/],
      [[file, "--out", join(folder, "a.svg"), "--language", "fr"], /en or vi/],
      [[file, "--out", join(folder, "a.svg"), "--cycles", "0"], /cycles/],
      [[site, "--out", join(folder, "a.svg"), "--corridor", "none"], /none/],
      [["--out", join(folder, "a.svg")], /a file/],
    ];
    for (const [argv, sentence] of wrong) {
      const { code, err } = await run("diagram", ...argv);
      expect(code).not.toBe(0);
      expect(err).toMatch(sentence);
    }
  });
});
