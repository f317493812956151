import { describe, expect, it } from "vitest";
import { checkVerb } from "../../../api/cli/check.ts";
import { countVerb } from "../../../api/cli/count.ts";
import { doctorVerb } from "../../../api/cli/doctor.ts";
import { evalTracksVerb } from "../../../api/cli/eval-tracks.ts";
import { probeVerb } from "../../../api/cli/probe.ts";
import { pushVerb } from "../../../api/cli/push.ts";
import { retimeVerb } from "../../../api/cli/retime.ts";
import { runCommandLine } from "../../../api/cli/run.ts";
import { serveVerb } from "../../../api/cli/serve.ts";
import type { Verb } from "../../../api/cli/verb.ts";
import { ProblemError, problem } from "../../../core/problems/problem.ts";

const verbs = [serveVerb, countVerb, probeVerb, retimeVerb, pushVerb, checkVerb, evalTracksVerb, doctorVerb];

async function run(argv: readonly string[], known: readonly Verb[] = verbs) {
  let out = "";
  let err = "";
  const terminal = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
  };
  const code = await runCommandLine(known, "1.2.3", argv, terminal, new AbortController().signal);
  return { code, out, err };
}

const verbThat = (work: Verb["run"]): Verb => ({
  name: "probe",
  summary: "for this test",
  positionals: "",
  maxPositionals: 0,
  options: {},
  run: work,
});

describe("the command line", () => {
  it("lists every verb, and fails when none is given", async () => {
    const [asked, bare] = [await run(["--help"]), await run([])];
    for (const { name, summary } of verbs) expect(asked.out).toMatch(new RegExp(`${name} +${summary.slice(0, 20)}`));
    expect([asked.code, bare.code]).toEqual([0, 2]);
  });

  it.each(verbs.map((verb) => [verb.name, verb] as const))(
    "has help for %s that names each option",
    async (name, verb) => {
      const { code, out } = await run([name, "--help"]);
      expect(code).toBe(0);
      for (const option of [...Object.keys(verb.options), "json"]) expect(out).toContain(`--${option}`);
    },
  );

  it("suggests the verb and the option that were meant", async () => {
    expect((await run(["cuont"])).err).toContain("did you mean count?");
    expect((await run(["count", "--sorce", "x"])).err).toContain("did you mean --source?");
  });

  it("does not take arguments a verb has no use for", async () => {
    const { code, err } = await run(["doctor", "now"]);
    expect(code).toBe(2);
    expect(err).toContain('doctor does not take "now"');
  });

  it.each([["-1"], ["0"], ["soon"], [""]])("refuses %j as a duration", async (duration) => {
    const { code, err } = await run(["count", "--source", "a.mp4", "--lines", "b.yaml", `--duration=${duration}`]);
    expect(code).toBe(1);
    expect(err).toContain("--duration must be a number");
  });

  it("says in one line how a value that begins with a dash is given", async () => {
    const { code, err } = await run(["count", "--duration", "-5"]);
    expect(code).toBe(2);
    expect(err).toMatch(/^greenwave: [^\n]*--duration=-XYZ[^\n]* See: greenwave count --help\n$/);
  });

  it("says which argument is missing", async () => {
    expect((await run(["count"])).err).toContain("count needs --source");
    expect((await run(["push"])).err).toContain("push needs a file of plans");
  });

  it("prints exactly one JSON document when it succeeds and when it fails", async () => {
    const fine = await run(["check", "--json"]);
    expect(JSON.parse(fine.out)).toMatchObject({ ok: true, intersections: 6, problems: [] });
    const wrong = await run(["check", "no-such.yaml", "--json"]);
    expect(wrong.code).toBe(1);
    expect(JSON.parse(wrong.out)).toMatchObject({ ok: false, problems: [{ code: "FILE_MISSING" }] });
    expect(wrong.err).toContain("no-such.yaml");
  });

  it("keeps what was done in the document of a failure", async () => {
    const half = verbThat(() =>
      Promise.resolve({ ok: false, problems: [problem("PAGE_NOT_BUILT")], document: { done: 1 } }),
    );
    expect(JSON.parse((await run(["probe", "--json"], [half])).out)).toMatchObject({ done: 1, ok: false });
  });

  it("tells a problem thrown across a border in its own words, and a bug without a stack", async () => {
    const thrown = verbThat(() => Promise.reject(new ProblemError([problem("PAGE_NOT_BUILT")])));
    expect((await run(["probe"], [thrown])).err).toContain("npm run build");
    const bug = await run(["probe"], [verbThat(() => Promise.reject(new Error("boom")))]);
    expect(bug).toMatchObject({ code: 1, out: "" });
    expect(bug.err).toMatch(/Unexpected failure: boom\..*bug/);
    expect(bug.err).not.toContain(" at ");
  });
});

describe("retime", () => {
  it("makes a plan for each intersection of the sample corridor and says what it assumed", async () => {
    const { code, out } = await run(["retime", "--json"]);
    expect(code).toBe(0);
    const document = JSON.parse(out) as { plans: { cycle_s: number }[]; cycle_s: number; notes: { code: string }[] };
    expect(document.plans).toHaveLength(6);
    expect(new Set(document.plans.map((plan) => plan.cycle_s))).toEqual(new Set([document.cycle_s]));
    expect(document.notes.filter(({ code: note }) => note === "DEMAND_ASSUMED")).toHaveLength(6);
  });

  it("says how far the bands are from the proved widest, and that of delay no bound is known", async () => {
    type Told = { proof: { optimal: boolean; gap_s: number | null }; seconds_used: number };
    const told = async (...more: string[]) => JSON.parse((await run(["retime", "--json", ...more])).out) as Told;
    const bands = await told();
    expect(bands.proof.optimal).toBe(true);
    expect(bands.proof.gap_s).toBeLessThanOrEqual(1);
    expect(bands.seconds_used).toBeGreaterThan(0);
    expect((await told("--objective", "delay")).proof).toMatchObject({ optimal: false, gap_s: null });
  });

  it("names the corridors there are when asked for another", async () => {
    expect((await run(["retime", "--corridor", "ring-road"])).err).toContain("Corridors: nguyen-van-linh");
  });

  it("takes for a scenario what simulate takes for one", async () => {
    const { err } = await run(["retime", "flow.json", "--corridor", "ring-road"]);
    expect(err).toContain("a site file");
  });
});
