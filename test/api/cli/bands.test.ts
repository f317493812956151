import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bandsVerb } from "../../../api/cli/bands.ts";
import { runCommandLine } from "../../../api/cli/run.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bands-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const street = {
  id: "two",
  cycle_s: 60,
  positions_m: [0, 914.4],
  coord_green_s: [30, 30],
  speed_out_mps: [15.24],
  speed_in_mps: [15.24],
};

async function bands(content: unknown, ...more: readonly string[]) {
  const file = join(folder, "street.json");
  await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
  let [out, err] = ["", ""];
  const terminal = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
  };
  const code = await runCommandLine([bandsVerb], "0", ["bands", file, ...more], terminal, new AbortController().signal);
  return { code, out, err };
}

describe("the verb bands", () => {
  test("answers in the form of the question, with proof", async () => {
    const { code, out } = await bands(street, "--json");
    expect(code).toBe(0);
    const answer = JSON.parse(out);
    expect(answer.max_sum).toMatchObject({ bandwidth_out_s: 30, bandwidth_in_s: 30, proved: true, gap: 0 });
    expect(answer.max_equal).toMatchObject({ total_s: 60, efficiency: 0.5, attainability: 1 });
    expect(answer.max_equal.one_optimal_offset_set_s).toHaveLength(2);
  });

  test("tells a person the same, for a list of streets too, and by HiGHS", async () => {
    const { code, out } = await bands([street, { ...street, id: "again" }], "--solver", "highs");
    expect(code).toBe(0);
    expect(out).toMatch(/two\n.*30\.00 s out, 30\.00 s in, 60\.00 s together \(proved\)/);
    expect(out).toContain("again");
  });

  test("takes its own answer as a question again", async () => {
    const first = await bands({ ...street, link_weight_out: [1], link_weight_in: [1] }, "--json");
    const second = await bands(first.out, "--json");
    expect(second.code).toBe(0);
    expect({ ...JSON.parse(second.out), seconds: 0 }).toEqual({ ...JSON.parse(first.out), seconds: 0 });
    expect(JSON.parse(first.out).multiband).toMatchObject({ bandwidth_out_s: [30], proved: true });
  });

  const manyCycles = {
    cycle_s: 100,
    cycle_range_s: [60, 200],
    positions_m: Array.from({ length: 500 }, (_, i) => 200 * i),
    coord_green_s: Array.from({ length: 500 }, () => 50),
    speed_out_mps: Array.from({ length: 499 }, () => 12),
    speed_in_mps: Array.from({ length: 499 }, () => 12),
  };

  const wrong: readonly (readonly [string, unknown, RegExp])[] = [
    ["no JSON", "{ not", /street\.json:1/],
    ["nothing", "null", /holds no street.*timing\.md/],
    ["a number alone", "60", /holds no street.*timing\.md/],
    ["a missing key", { ...street, cycle_s: undefined }, /cycle_s/],
    ["a misspelt key", { ...street, coord_green_s: undefined, coord_greens_s: [30, 30] }, /coord_green_s/],
    ["a cycle of nothing", { ...street, cycle_s: 0 }, /above 0/],
    ["text for a number", { ...street, cycle_s: "60" }, /number/],
    ["a speed of nothing", { ...street, speed_in_mps: [0] }, /above 0/],
    ["a green beyond the cycle", { ...street, coord_green_s: [30, 61] }, /signal 2 is 61 s but can be 60 s/],
    ["a green of nothing", { ...street, coord_green_s: [0, 30] }, /above 0/],
    ["a signal too many", { ...street, coord_green_s: [30, 30, 30] }, /coord_green_s has 3 values for 2 signals/],
    ["a link too few", { ...street, speed_out_mps: [] }, /between 2 signals there are 1 links/],
    ["signals out of order", { ...street, positions_m: [500, 100] }, /runs back: signal 2 stands at 100 m/],
    ["no signals", { ...street, positions_m: [], coord_green_s: [] }, /at least 1/],
    ["half of the left turns", { ...street, left_out_s: [10, 10] }, /both left_out_s and left_in_s/],
    [
      "a left turn beyond the cycle",
      { ...street, left_out_s: [9, 9], left_in_s: [9, 70] },
      /left turn of signal 2 takes 70 s but can take 60 s/,
    ],
    [
      "left turns both given and open",
      { ...street, left_out_s: [9, 9], left_in_s: [9, 9], start_in_s: [0, 0] },
      /Keep one/,
    ],
    ["a range of cycles upside down", { ...street, cycle_range_s: [90, 60] }, /shorter cycle first/],
    ["more cycles than can be looked through", manyCycles, /at most 20 are looked through/],
    ["no weight at all", { ...street, weight_out: 0, weight_in: 0 }, /both 0/],
    ["half of the links' weights", { ...street, link_weight_out: [1] }, /both link_weight_out/],
    ["an empty file", "", /holds no street/],
  ];

  test.each(wrong)("refuses %s with a sentence", async (_, content, sentence) => {
    const { code, out, err } = await bands(content);
    expect(code).not.toBe(0);
    expect(out).toBe("");
    expect(err).toMatch(sentence);
    expect(err.trim().split("\n").length).toBeLessThanOrEqual(3);
    expect(err).not.toMatch(/\{\w+\}|\bat .*\.ts:/);
  });

  test("refuses a file that is not there, and a solver nobody knows", async () => {
    const terminal = { out: () => undefined, err: () => undefined };
    const none = ["bands", join(folder, "nowhere.json")];
    expect(await runCommandLine([bandsVerb], "0", none, terminal, new AbortController().signal)).not.toBe(0);
    const { err } = await bands(street, "--solver", "magic");
    expect(err).toContain("write auto or highs");
  });
});
