import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Files that a run leaves out, as globs with commas between: what an older Node need not repeat (`.ci/run`). */
const leftOut = (process.env["GREENWAVE_LEAVE_OUT"] ?? "").split(",").filter((glob) => glob !== "");

const shared = {
  pool: "forks" as const,
  setupFiles: ["test/support/property-seed.ts"],
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // What is asked for again and again until it holds: vitest's own second is too short on a busy machine.
  expect: { poll: { timeout: 20_000 } },
};

/** `unit` runs side by side on every processor (left to itself vitest keeps one free, which on two is half of them); `integration` drives real servers and ports, two files at a time: much of it is waiting. */
export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    projects: [
      {
        test: {
          ...shared,
          name: "unit",
          maxWorkers: availableParallelism(),
          include: ["test/**/*.test.ts"],
          exclude: ["test/integration/**", "test/e2e/**", "test/campaigns/**", ...leftOut],
        },
      },
      {
        test: {
          ...shared,
          name: "integration",
          include: ["test/integration/**/*.test.ts", "test/e2e/**/*.test.ts", "test/campaigns/**/*.test.ts"],
          exclude: leftOut,
          maxWorkers: 2,
          testTimeout: 180_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
