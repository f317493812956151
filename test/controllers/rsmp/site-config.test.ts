/** A site's YAML: in the forms that people have it in, and what is said of what cannot be. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readSiteConfig, type SiteConfig, type SiteOverrides } from "../../../controllers/rsmp/site/site-config.ts";
import { sentence } from "../../../core/problems/problem.ts";

const overrides: SiteOverrides = { version: "test", siteId: "S", supervisor: { host: "h", port: 1 } };

function read(yaml: string, over: Partial<SiteOverrides> = overrides): SiteConfig {
  const config = readSiteConfig(yaml, { version: "test", ...over });
  if (!config.ok) throw new Error(config.problems.map((problem) => sentence(problem)).join());
  return config.value;
}

const said = (yaml: string, over: Partial<SiteOverrides> = overrides): string => {
  const config = readSiteConfig(yaml, { version: "test", ...over });
  return config.ok ? "" : config.problems.map((problem) => sentence(problem)).join();
};

const ids = ({ tlc }: SiteConfig): readonly string[] => tlc.components.map(({ id, type }) => `${type} ${id}`);

describe("a site's configuration", () => {
  it("is what the page about it says, with nothing left over", () => {
    const page = readFileSync(new URL("../../../docs/reference/rsmp.md", import.meta.url), "utf8");
    const [, yaml = ""] = /```yaml\n(.*?)```/s.exec(page) ?? [];
    const config = read(yaml, {});
    expect(config).toMatchObject({ siteId: "RN+SI0001", notes: [], cores: ["3.2.2"], ntsOId: "KK+AG9998=001TC000" });
    expect(config.tlc).toMatchObject({ sxl: "1.2.1", inputs: 16, securityCodes: { 1: "1111", 2: "2222" } });
    expect(config.buffersStatus("TC", "S0001", "stage")).toBe(true);
  });

  it("has a default for everything but who and where, and no code", () => {
    const config = read("");
    expect(ids(config)).toEqual([
      "main TC",
      "signal_group A1",
      "signal_group A2",
      "signal_group B1",
      "signal_group B2",
      "detector_logic DL1",
      "detector_logic DL2",
    ]);
    expect(config.tlc.securityCodes).toEqual({});
    expect(config).toMatchObject({
      reconnect: { first_ms: 250, most_ms: 10_000 },
      watchdog_ms: 1000,
      acknowledgement_ms: 30_000,
      buffer: { most: 10_000 },
    });
  });

  it("takes the reference implementation's file, and tells what it makes of it", () => {
    const config = read(
      `
site_id: RN+SI0001
supervisors: [{ ip: 127.0.0.1, port: 13111 }]
sxl: tlc
sxl_version: 1.1
components: { main: { TC: { cycle_time: 6 } }, signal_group: { A1: , B1: }, detector_logic: { DL1: } }
signal_plans: { 1: { cycle_time: 6, dynamic_bands: { 1: 0, 2: 5 }, states: { A1: '11NBBB' } } }
inputs: { total: 8, programming: { 7: { raise: A0301, component: DL1 } } }
intervals: { timer: 0.1, watchdog: 0.1, reconnect: 0.1 }
timeouts: { connect: 1, ready: 1, watchdog: 0.5, acknowledgement: 0.5 }
security_codes: { 1: 1111, 2: '2222' }
log: { id: true }
frobnicate: 1
`,
      {},
    );
    expect(config.notes).toEqual([
      "frobnicate is not known and was overlooked",
      "plan 1: a cycle of 6 s is too short for its minimum greens, 20 s are used",
    ]);
    expect(config.tlc).toMatchObject({
      sxl: "1.1.0",
      securityCodes: { 1: "1111", 2: "2222" },
      programmes: [{ input: 7, alarm: "A0301", component: "DL1" }],
      startup: [
        { letter: "e", ds: 3 },
        { letter: "f", ds: 3 },
        { letter: "g", ds: 3 },
      ],
    });
    expect([...config.tlc.phases]).toEqual([
      ["A1", 2],
      ["B1", 4],
    ]);
  });

  it.each([
    ["lists by type", "components: { main: [X], signal_group: [1, 2], detector_logic: [D] }"],
    [
      "one list",
      "components: [{ id: X, type: main }, { id: 1, type: signal_group }, { id: 2, type: signal_group }, { id: D, type: detector_logic }]",
    ],
  ])("takes components as %s", (_form, yaml) => {
    expect(ids(read(yaml))).toEqual(["main X", "signal_group 1", "signal_group 2", "detector_logic D"]);
  });

  it.each([
    ["secrets: { security_codes: { 1: a, 2: b } }"],
    ["security_codes: [a, b]"],
    ["security_codes: { level1: a, level2: b }"],
  ])("takes security codes as %s", (yaml) => {
    expect(read(yaml).tlc.securityCodes).toEqual({ 1: "a", 2: "b" });
  });

  it("goes by the command line before the file", () => {
    const config = read("site_id: F\ncore_version: 3.1.5\nsxl_version: 1.0.15", {
      ...overrides,
      core: "3.2.2,3.3.0",
      sxl: "1.3.0",
    });
    expect(config).toMatchObject({ siteId: "S", cores: ["3.2.2", "3.3.0"], tlc: { sxl: "1.3.0" } });
  });

  it.each([
    ["", {}, "a site needs an id"],
    ["site_id: S", {}, "a site needs a supervisor"],
    ["core_version: 2.0", overrides, "RSMP core 2 is not spoken"],
    ["sxl_version: 0.1", overrides, "Version 0.1 of the signal exchange list"],
    ["sxl_version: 1.3.0", overrides, "needs RSMP core 3.3.0"],
    ["components: { main: { A: , B: } }", overrides, "exactly one of type main"],
    ["components: { main: { A: }, signal_group: { A: } }", overrides, "every id once"],
    ["time_zone: Nowhere/Land", overrides, "no IANA zone"],
    ["intervals: { watchdog: soon }", overrides, "intervals.watchdog"],
    ["a: [", overrides, "cannot be used"],
  ] as const)("%j is refused in a sentence", (yaml, over, words) => {
    expect(said(yaml, over)).toContain(words);
  });
});
