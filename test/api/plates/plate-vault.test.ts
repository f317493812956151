import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openPlateVault } from "../../../api/plates/plate-vault.ts";
import type { PlateVault } from "../../../core/ports/plate-vault.ts";
import "../../support/property-seed.ts";

const YEAR_MS = 366 * 86_400_000;
let folder: string;
let now_ms = 0;
const clock = { nowMs: () => now_ms };
const file = (): string => join(folder, "plate-keys.json");

beforeEach(async () => {
  now_ms = Date.UTC(2026, 0, 1);
  folder = await mkdtemp(join(tmpdir(), "greenwave-vault-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function opened(): Promise<PlateVault> {
  const vault = await openPlateVault(folder, clock);
  if (!vault.ok) throw new Error(JSON.stringify(vault.problems));
  return vault.value;
}

const refusal = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { problems: readonly { code: string }[] }).problems.map(({ code }) => code);
  }
};

describe("the plate vault", () => {
  it("reveals what it concealed, and two of the same plate look different", async () => {
    const vault = await opened();
    fc.assert(
      fc.property(fc.string({ maxLength: 20, unit: "grapheme" }), (text) => {
        const [one, other] = [vault.conceal(text), vault.conceal(text)];
        expect(one).not.toBe(other);
        expect([vault.reveal(one), vault.reveal(other)]).toEqual([text, text]);
      }),
    );
  });

  it("marks equal texts alike, others differently, and shows neither in a mark nor in what it conceals", async () => {
    const vault = await opened();
    expect(vault.mark("43A12345")).toBe(vault.mark("43A12345"));
    expect(vault.mark("43A12345")).not.toBe(vault.mark("43A12346"));
    for (const said of [vault.mark("43A12345"), vault.conceal("43A12345")]) expect(said).not.toContain("43A12345");
  });

  it("makes its keys once, for the owner alone", async () => {
    const concealed = (await opened()).conceal("43A12345");
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(["plate-keys.json"]);
    expect((await opened()).reveal(concealed)).toBe("43A12345");
  });

  it("makes one key when two openings race", async () => {
    const [one, other] = await Promise.all([opened(), opened()]);
    expect(one.mark("43A12345")).toBe(other.mark("43A12345"));
  });

  it("takes a new key each year, and still reads and finds what the old one made", async () => {
    const young = await opened();
    const [concealed, mark] = [young.conceal("43A12345"), young.mark("43A12345")];
    now_ms += YEAR_MS;
    const old = await opened();
    expect(old.reveal(concealed)).toBe("43A12345");
    expect(old.mark("43A12345")).not.toBe(mark);
    expect(old.marks("43A12345")).toEqual([old.mark("43A12345"), mark]);
  });

  it("names what was altered, and the key that is missing", async () => {
    const vault = await opened();
    const concealed = vault.conceal("43A12345");
    const last = concealed.at(-2) === "A" ? "B" : "A";
    expect(refusal(() => vault.reveal(`${concealed.slice(0, -2)}${last}${concealed.slice(-1)}`))).toEqual([
      "PLATE_ALTERED",
    ]);
    expect(refusal(() => vault.reveal(concealed.slice(0, 20)))).toEqual(["PLATE_ALTERED"]);
    await rm(file());
    const stranger = await opened();
    expect(refusal(() => stranger.reveal(concealed))).toEqual(["PLATE_KEY_MISSING"]);
  });

  it("refuses a key file that is not its own or that others may read, and leaves it as it is", async () => {
    await opened();
    const keys = await readFile(file(), "utf8");
    await writeFile(file(), keys.slice(0, 40));
    expect(await openPlateVault(folder, clock)).toMatchObject({
      ok: false,
      problems: [{ code: "PLATE_KEYS_UNREADABLE" }],
    });
    expect(await readFile(file(), "utf8")).toBe(keys.slice(0, 40));
    await writeFile(file(), keys);
    await chmod(file(), 0o640);
    expect(await openPlateVault(folder, clock)).toMatchObject({
      ok: false,
      problems: [{ code: "PLATE_KEYS_EXPOSED" }],
    });
  });
});
