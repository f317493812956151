import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const scripts = join(root, "scripts");

/** What the compiler says of the engine when a line of it is another. */
async function refusal(file: string, line: string, other: string): Promise<string> {
  const { compileEngine } = (await import(join(scripts, "compile-engine/engine.js"))) as {
    compileEngine: (root: string) => Promise<unknown>;
  };
  const copy = mkdtempSync(join(tmpdir(), "greenwave-engine-"));
  try {
    for (const part of ["sim", "core", "tsconfig.json"])
      cpSync(join(root, part), join(copy, part), { recursive: true });
    const text = readFileSync(join(copy, file), "utf8");
    expect(text).toContain(line);
    writeFileSync(join(copy, file), text.replace(line, other));
    return await compileEngine(copy).then(
      () => "",
      (error: Error) => error.message,
    );
  } finally {
    rmSync(copy, { recursive: true });
  }
}

it("the compiled step is what the engine's classes compile to", () => {
  const check = [join(scripts, "compile-engine.js"), "--check"];
  expect(execFileSync(process.execPath, check, { encoding: "utf8" })).toBe("");
});

it.each([
  [
    "a statement that the compiler does not know",
    "sim/engine/mover.ts",
    "w.speed[v] = speed;",
    "for (const lane of w.active) w.count[lane] = 0;",
    /mover\.ts:\d+: no way to compile ForOfStatement: for \(const lane of/,
  ],
  [
    "a part that may be missing and is used without asking",
    "sim/engine/lane-wish.ts",
    "this.#roundabouts.of_m(",
    "this.#roundabouts?.of_m(",
    /lane-wish\.ts:\d+: to be asked for with === null: this\.#roundabouts\?\.of_m/,
  ],
])("%s is refused by file, line and words", async (_, file, line, other, said) => {
  expect(await refusal(file, line, other)).toMatch(said);
});
