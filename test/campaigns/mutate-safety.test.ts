/**
 * T2: every safety rule knocked out makes a test fail. Rules are knocked out by their code, and their arithmetic is bent by
 * hand (test/mutation); the tests that should notice then run on the mutated sources. A few in the normal suite, chosen by
 * seed, all as a campaign. A mutation that nobody notices is a test that is missing. `GREENWAVE_MUTATIONS=141..231` takes a part
 * of them, by their places in the list, so that a long campaign can be shared out or gone on with; `GREENWAVE_MUTATION` those
 * whose name or file has these words.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { MutationTally } from "../mutation/mutation.ts";
import { mutations } from "../mutation/mutations.ts";
import { root } from "../mutation/rules.ts";
import { runTool } from "../mutation/run-tool.ts";
import { Seeded } from "../support/seeded.ts";

const full = process.env["GREENWAVE_CAMPAIGN"] === "full";
const SEED = Number(process.env["GREENWAVE_SEED"] ?? 20_261_122);
/** Of the normal suite: about two seconds each. */
const FEW = 5;
/** One process for so many, so that a long campaign shows how far it is. */
const BATCH = 20;

const folder = mkdtempSync(join(tmpdir(), "greenwave-mutations-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const all = mutations();

/** From and to, both of them too; counted from 1, as the campaign tells how far it is. */
function part(words: string): typeof all {
  const [, from = "", to = ""] = /^(\d+)\.\.(\d+)$/.exec(words) ?? [];
  const found = from === "" ? [] : all.slice(Math.max(0, Number(from) - 1), Number(to));
  if (found.length === 0) throw new Error(`GREENWAVE_MUTATIONS is two numbers of 1 to ${all.length}: 1..20`);
  return found;
}

function chosen(): typeof all {
  const places = process.env["GREENWAVE_MUTATIONS"];
  if (places !== undefined) return part(places);
  const only = process.env["GREENWAVE_MUTATION"];
  if (only !== undefined) return all.filter(({ id, file }) => id.includes(only) || file.includes(only));
  if (full) return all;
  const chance = new Seeded(SEED);
  return Array.from({ length: FEW }, () => chance.pick(all));
}

async function tallies(ids: readonly string[]): Promise<Readonly<Record<string, MutationTally>>> {
  const file = join(folder, "tally.json");
  rmSync(file, { force: true });
  await runTool(["run", "--config", "test/mutation/vitest.config.ts"], {
    GREENWAVE_MUTANTS: JSON.stringify(ids),
    GREENWAVE_TALLY: file,
    GREENWAVE_CAMPAIGN: "",
  });
  return JSON.parse(readFileSync(file, "utf8")) as Record<string, MutationTally>;
}

describe("T2: safety rules knocked out", () => {
  it("are all found in the sources, each under a name of its own", () => {
    const lost = all.filter(({ apply, file }) => apply(readFileSync(join(root, file), "utf8")) === null);
    expect(lost.map(({ id, file }) => `${id} (${file})`)).toEqual([]);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(150);
  });

  it("make a test fail", { timeout: 3_600_000 }, async () => {
    const left = [...chosen()];
    const survivors: string[] = [];
    const count = left.length;
    while (left.length > 0) {
      const batch = left.splice(0, BATCH);
      const found = await tallies(batch.map(({ id }) => id));
      for (const { id, file } of batch) {
        const { ran = 0, failed = 0, broken = ["not run"] } = found[id] ?? {};
        // A source that no longer reads is no knocked-out rule: it would be noticed without any test.
        if (broken.length > 0 || ran === 0) survivors.push(`${id} (${file}) cannot be judged: ${broken.join("; ")}`);
        else if (failed === 0) survivors.push(`${id} (${file}) survives ${ran} tests`);
      }
      const place = all.findIndex(({ id }) => id === batch.at(-1)?.id) + 1;
      const judged = `${count - left.length} of ${count}`;
      process.stderr.write(
        `mutations: ${judged} (the last is ${place} of ${all.length}), ${survivors.length} survive\n`,
      );
    }
    expect(survivors).toEqual([]);
  });
});
