import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cpuAllowance, groupOf, quotaOf } from "../../../detectors/pace/cpu-allowance.ts";

describe("the quota of a control group", () => {
  it.each([
    ["max 100000\n", null],
    ["150000 100000\n", 1.5],
    ["50000 100000", 0.5],
    ["0 100000", null],
    ["", null],
  ])("is read from %j", (text, cores) => {
    expect(quotaOf(text)).toBe(cores);
  });

  it("is that of the group we are in", () => {
    expect(groupOf("0::/system.slice/greenwave.service\n")).toBe("/system.slice/greenwave.service");
    expect(groupOf("12:cpu:/old\n")).toBe("/");
  });
});

describe("the processors that may be used", () => {
  function groups(files: Readonly<Record<string, string>>, self: string) {
    const root = mkdtempSync(join(tmpdir(), "greenwave-cgroup-"));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(join(root, file, ".."), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    writeFileSync(join(root, "self"), self);
    return cpuAllowance(root, join(root, "self"));
  }

  it("are all that the system gives where nothing is limited", () => {
    expect(groups({}, "0::/\n")).toEqual({ cores: availableParallelism(), usageFile: null });
  });

  it("are the smallest quota on the way up", () => {
    const files = {
      "a/cpu.max": "30000 100000",
      "a/cpu.stat": "usage_usec 5\n",
      "a/b/cpu.max": "60000 100000",
      "a/b/cpu.stat": "usage_usec 5\n",
    };
    const { cores, usageFile } = groups(files, "0::/a/b\n");
    expect(cores).toBe(0.3);
    expect(usageFile?.endsWith("/a/cpu.stat")).toBe(true);
  });
});
