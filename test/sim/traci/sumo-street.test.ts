import { mkdtempSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { sentence } from "../../../core/problems/problem.ts";
import { openSumoStreet } from "../../../sim/traci/sumo-street.ts";
import { type Way, withFakeSumo } from "../../support/fake-sumo.ts";
import { twoJunctions } from "../../support/two-junctions.ts";

const files = { kind: "sumo", name: "x", net: "/none", routes: [], additionals: [], begin_s: 0, end_s: 10 } as const;
const order = { files, plans: [], seed: 1, step_s: 1, lateral_resolution_m: 0 };

async function told(silence_ms?: number): Promise<string> {
  const opened = await openSumoStreet(order, await twoJunctions(), [], silence_ms);
  return opened.ok ? "" : opened.problems.map((each) => sentence(each)).join();
}

// A place of its own for what is left over: another program on this machine may run SUMO through us, too.
const place = mkdtempSync(join(tmpdir(), "greenwave-left-"));
vi.stubEnv("TMPDIR", place);
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(place, { recursive: true });
});

describe("a SUMO that goes wrong is told of in plain words, and nothing of it is left", () => {
  it.each<[Way, string]>([
    ["fails", "The network holds no edges"],
    ["old", "speaks version 18"],
    ["refuses", "nothing is known of that"],
    ["cut", "ends too early"],
    ["huge", "a message of 2147483647 bytes"],
    ["ends", "ended too early"],
  ])("%s", async (way, words) => {
    expect(await withFakeSumo(way, () => told())).toContain(words);
    expect(await readdir(place)).toEqual([]);
  });

  it("is ended when it does not answer", async () => {
    expect(await withFakeSumo("silent", () => told(1500))).toContain("has not answered for 1.5 s");
  });

  it("is said to be missing where there is no such command", async () => {
    const { PATH: path } = process.env;
    process.env["PATH"] = "/nonexistent";
    try {
      expect(await told()).toContain("Debian package sumo");
    } finally {
      process.env["PATH"] = path;
    }
  });
});
