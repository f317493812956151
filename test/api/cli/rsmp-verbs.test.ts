/** The verbs `rsmp-supervisor` and `rsmp-site`, one against the other, as a person or a program starts them. */
import { afterEach, describe, expect, it } from "vitest";
import { rsmpSiteVerb } from "../../../api/cli/rsmp-site.ts";
import { rsmpSupervisorVerb } from "../../../api/cli/rsmp-supervisor.ts";
import { runCommandLine } from "../../../api/cli/run.ts";

interface Running {
  readonly out: string[];
  readonly err: string[];
  /** Resolves with the first line on stdout or stderr that has the words in it. */
  says(words: string): Promise<string>;
  end(): Promise<number>;
}

const running: Running[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.end();
});

function start(...argv: readonly string[]): Running {
  const stop = new AbortController();
  const [out, err]: [string[], string[]] = [[], []];
  const waiting = new Set<() => void>();
  const keep = (lines: string[]) => (text: string) => {
    lines.push(...text.split("\n").filter((line) => line !== ""));
    for (const look of [...waiting]) look();
  };
  const code = runCommandLine(
    [rsmpSiteVerb, rsmpSupervisorVerb],
    "0",
    argv,
    { out: keep(out), err: keep(err) },
    stop.signal,
  );
  const one: Running = {
    out,
    err,
    says: (words) =>
      new Promise((resolve) => {
        const look = (): void => {
          const line = [...out, ...err].find((candidate) => candidate.includes(words));
          if (line === undefined) return;
          waiting.delete(look);
          resolve(line);
        };
        waiting.add(look);
        look();
      }),
    end: () => {
      stop.abort();
      return code;
    },
  };
  running.push(one);
  return one;
}

describe("the RSMP verbs", () => {
  it("find each other, tell what happens in JSON, and end when told to", async () => {
    const supervisor = start("rsmp-supervisor", "--port", "0", "--host", "127.0.0.1", "--plain", "--json");
    const { port, tls } = JSON.parse(await supervisor.says('"port"')) as { port: number; tls: boolean };
    expect(tls).toBe(false);
    const site = start(
      "rsmp-site",
      "--supervisor",
      `127.0.0.1:${port}`,
      "--id",
      "S1",
      "--core",
      "3.3.0",
      "--sxl",
      "1.3.0",
      "--plain",
      "--json",
    );
    expect(JSON.parse(await site.says('"components"'))).toMatchObject({ site: "S1", core: ["3.3.0"], sxl: "1.3.0" });
    expect(JSON.parse(await supervisor.says('"event":"ready"'))).toEqual({
      site: "S1",
      event: "ready",
      core: "3.3.0",
      sxl: "1.3.0",
    });
    await supervisor.says('"AggregatedStatus"');
    expect(await site.end()).toBe(0);
    expect(JSON.parse(await supervisor.says('"disconnected"'))).toMatchObject({ site: "S1" });
    expect(await supervisor.end()).toBe(0);
    expect([site.out.length, supervisor.out.length]).toEqual([1, 1]);
  });

  it.each([
    [["rsmp-supervisor", "--port", "0"], "TLS 1.3"],
    [["rsmp-supervisor", "--port", "0", "--plain", "--cert", "c"], "exclude each other"],
    [["rsmp-supervisor", "--port", "99999", "--plain"], "99999"],
    [["rsmp-supervisor", "--port", "0", "--plain", "--core", "2.0"], "3.1.5"],
    [["rsmp-supervisor", "--port", "0", "--plain", "--watchdog", "soon"], "0.1 to 3600"],
    [["rsmp-site", "--plain", "--id", "S", "--supervisor", "nowhere"], "host:port"],
    [["rsmp-site", "--plain", "--id", "S"], "supervisor"],
    [["rsmp-site", "--plain", "--config", "/none.yaml"], "none.yaml"],
    [["rsmp-site", "--cert", "a", "--key", "b", "--ca", "c"], "could not be read"],
  ])("%j says what is wrong, and ends", async (argv, words) => {
    const one = start(...argv);
    expect(await one.end()).toBe(1);
    expect(one.err.join("\n")).toContain(words);
  });

  it("says that a port is taken", async () => {
    const first = start("rsmp-supervisor", "--port", "0", "--host", "127.0.0.1", "--plain", "--json");
    const { port } = JSON.parse(await first.says('"port"')) as { port: number };
    const second = start("rsmp-supervisor", "--port", String(port), "--host", "127.0.0.1", "--plain");
    expect(await second.says("cannot be listened on")).toContain(String(port));
  });
});
