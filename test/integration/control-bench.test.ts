import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { missing } from "../support/peers.ts";

const run = promisify(execFile);

describe.skipIf(missing("shared data"))("the bench of control", () => {
  it("finds our policy no worse than it was, and not locked", { timeout: 240_000 }, async () => {
    const { stdout } = await run(process.execPath, ["dist/bench/control.bench.js", "--quick", "--json"]);
    const { rows, lost, locked } = JSON.parse(stdout) as { rows: { runs: unknown[] }[]; lost: number; locked: number };
    expect([rows.length, lost, locked]).toEqual([2, 0, 0]);
    for (const { runs } of rows) expect(runs).toHaveLength(4);
  });
});
