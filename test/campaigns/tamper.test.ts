/**
 * One bit of a sealed package flipped, in any file, at any place: the verifier finds it, and names the file it is in. The
 * small files that carry the proof are tried at every byte as a campaign, at some in the suite.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PublicKey, readPublicKeys } from "../../api/evidence/keys.ts";
import { verifyPackage } from "../../api/evidence/verify-package.ts";
import { sentence } from "../../core/problems/problem.ts";
import { record, sealCase } from "../api/evidence/sealed-case.ts";
import { missing } from "../support/peers.ts";
import { Seeded } from "../support/seeded.ts";

const full = process.env["GREENWAVE_CAMPAIGN"] === "full";
const SEED = Number(process.env["GREENWAVE_SEED"] ?? 20_261_123);
/** Of each file, whatever its size. */
const FLIPS = full ? 200 : 12;
const SMALL_BYTES = 2000;
/** Of the small files every byte is tried, or one in so many. */
const STEP = full ? 1 : 37;

describe.skipIf(missing("ffmpeg"))("a bit flipped anywhere in a sealed package", () => {
  const root = mkdtempSync(join(tmpdir(), "greenwave-tamper-"));
  const folder = join(root, "sealed");
  let keys: readonly PublicKey[] = [];

  beforeAll(async () => {
    mkdirSync(join(root, "keys"));
    await sealCase(folder, join(root, "keys"), record(join(root, "recorded")));
    const known = await readPublicKeys(join(root, "keys"));
    if (!known.ok) throw new Error("no keys");
    keys = known.value;
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  /** What the verifier says, as a person reads it. */
  async function told(): Promise<string> {
    const verdict = await verifyPackage(folder, keys);
    return (verdict.ok ? verdict.value.findings : verdict.problems).map((each) => sentence(each)).join("\n");
  }

  /** The places whose flipped bit the verifier did not notice, or laid to another file. */
  async function unnoticed(name: string, places: readonly { at: number; bit: number }[]): Promise<unknown[]> {
    const path = join(folder, name);
    const whole = readFileSync(path);
    const missed: unknown[] = [];
    for (const { at, bit } of places) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] as number) ^ (1 << bit);
      writeFileSync(path, bytes);
      const words = await told();
      if (!words.includes(name)) missed.push({ name, at, bit, was: String.fromCharCode(whole[at] as number), words });
    }
    writeFileSync(path, whole);
    return missed;
  }

  test("is found, and the file is named", async () => {
    const chance = new Seeded(SEED);
    for (const name of readdirSync(folder)) {
      const { length } = readFileSync(join(folder, name));
      const places = Array.from({ length: FLIPS }, () => ({ at: chance.below(length), bit: chance.below(8) }));
      expect(await unnoticed(name, places)).toEqual([]);
    }
    expect(await told()).toBe("");
  });

  test("is found from end to end of the files that carry the proof", async () => {
    for (const name of readdirSync(folder)) {
      const { length } = readFileSync(join(folder, name));
      if (length > SMALL_BYTES) continue;
      const last = length - 1;
      const places = Array.from({ length }, (_, at) => [0, 3, 5].map((bit) => ({ at: last - at, bit }))).flat();
      const tried = places.filter(({ at }) => (last - at) % STEP === 0);
      expect(await unnoticed(name, tried)).toEqual([]);
    }
  });
});
