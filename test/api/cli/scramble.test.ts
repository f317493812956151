import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runCommandLine } from "../../../api/cli/run.ts";
import { scrambleVerb } from "../../../api/cli/scramble.ts";

const sample = "docs/sample-site.yaml";

const asked = (...argv: readonly string[]) => askedOf(sample, ...argv);

async function askedOf(site: string, ...argv: readonly string[]) {
  let [out, err] = ["", ""];
  const terminal = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
  };
  const words = ["scramble", site, ...argv];
  const code = await runCommandLine([scrambleVerb], "1.2.3", words, terminal, new AbortController().signal);
  return { code, out, err };
}

interface Told {
  readonly intersections: readonly {
    readonly people_h: number;
    readonly diagonal_m: number;
    readonly better: string;
    readonly beside: { readonly waiting_h: number };
    readonly scramble: { readonly waiting_h: number };
    readonly by_people: readonly {
      readonly people_h: number;
      readonly beside_h: number;
      readonly scramble_h: number;
    }[];
  }[];
}

it("holds both ways against each other at every intersection, for the people asked for and for others", async () => {
  const { intersections } = JSON.parse((await asked("--json", "--people", "500")).out) as Told;
  expect(intersections).toHaveLength(6);
  for (const { beside, better, by_people, diagonal_m, scramble } of intersections) {
    // Two crossings of 15 to 35 m meet at a corner.
    expect(diagonal_m).toBeGreaterThan(20);
    expect(diagonal_m).toBeLessThan(60);
    expect(better).toBe(scramble.waiting_h < beside.waiting_h ? "scramble" : "beside");
    const same = by_people.find(({ people_h }) => people_h === 500);
    expect(same).toMatchObject({ beside_h: beside.waiting_h, scramble_h: scramble.waiting_h });
    // The more people there are, the more is waited either way.
    for (const [at, { beside_h, scramble_h }] of by_people.slice(1).entries()) {
      expect(beside_h).toBeGreaterThanOrEqual(by_people[at]?.beside_h ?? 0);
      expect(scramble_h).toBeGreaterThanOrEqual(by_people[at]?.scramble_h ?? 0);
    }
  }
});

it("tells in words, and says which intersections there are", async () => {
  const { code, out } = await asked("--intersection", "bach-dang", "--people", "4000", "--diagonal-share", "0.6");
  expect(code).toBe(0);
  expect(out).toContain("4000 people an hour");
  expect(out).toContain("beside vehicles: cycle");
  expect((await asked("--intersection", "nowhere")).err).toContain("bach-dang");
});

it("says where nobody walks, beside what it found at the others", async () => {
  const [first = "", ...others] = (await readFile(sample, "utf8")).split("  - id: ham-nghi");
  const unwalked = first.replaceAll(/, walk_s: \d+, ped_clear_s: \d+, recall: ped/g, "");
  const folder = await mkdtemp(join(tmpdir(), "scramble-"));
  try {
    const site = join(folder, "site.yaml");
    await writeFile(site, [unwalked, ...others].join("  - id: ham-nghi"));
    const { code, err, out } = await askedOf(site, "--json");
    expect(code).toBe(1);
    expect(err).toContain("nobody walks at nguyen-tri-phuong");
    expect((JSON.parse(out) as Told).intersections).toHaveLength(5);
  } finally {
    await rm(folder, { recursive: true });
  }
});
