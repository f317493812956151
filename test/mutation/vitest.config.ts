/** Runs the tests of each mutation named in `GREENWAVE_MUTANTS` (ids, as JSON) on sources with that mutation in them. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import type { Reporter, TestModule } from "vitest/node";
import type { MutationTally } from "./mutation.ts";
import { mutations } from "./mutations.ts";
import { root } from "./rules.ts";

const wanted = JSON.parse(process.env["GREENWAVE_MUTANTS"] ?? "[]") as string[];
const chosen = mutations().filter(({ id }) => wanted.includes(id));

function mutating({ id, file, apply }: (typeof chosen)[number]): Plugin {
  const target = join(root, file);
  return {
    name: `mutation: ${id}`,
    enforce: "pre",
    load: (path) => {
      if (path.split("?")[0] !== target) return null;
      const mutated = apply(readFileSync(target, "utf8"));
      if (mutated === null) throw new Error(`${id}: not found once in ${file}`);
      return mutated;
    },
  };
}

/** What became of each: tests that ran, tests that failed, and files that could not even be read. */
class Counter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tallies: Record<string, MutationTally> = {};
    for (const module of modules) {
      const tally = tallies[module.project.name] ?? { ran: 0, failed: 0, broken: [] };
      tallies[module.project.name] = {
        ran: tally.ran + [...module.children.allTests()].length,
        failed: tally.failed + [...module.children.allTests("failed")].length,
        broken: [...tally.broken, ...module.errors().map((error) => error.message)],
      };
    }
    writeFileSync(process.env["GREENWAVE_TALLY"] ?? "tally.json", JSON.stringify(tallies));
  }
}

export default defineConfig({
  test: {
    root,
    watch: false,
    reporters: [new Counter()],
    pool: "threads",
    setupFiles: ["test/support/property-seed.ts", "test/mutation/first-failure.ts"],
    testTimeout: 60_000,
    projects: chosen.map((mutation) => ({
      extends: true as const,
      plugins: [mutating(mutation)],
      test: { name: mutation.id, include: [...mutation.tests] },
    })),
  },
});
