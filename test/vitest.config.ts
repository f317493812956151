import { defineConfig } from "vitest/config";

const shared = {
  pool: "forks" as const,
  setupFiles: ["test/support/property-seed.ts"],
  testTimeout: 30_000,
  hookTimeout: 60_000,
};

/** `unit` runs side by side; `integration` drives real servers and ports, two files at a time: much of it is waiting. */
export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    projects: [
      {
        test: {
          ...shared,
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/integration/**", "test/e2e/**", "test/campaigns/**"],
        },
      },
      {
        test: {
          ...shared,
          name: "integration",
          include: ["test/integration/**/*.test.ts", "test/e2e/**/*.test.ts", "test/campaigns/**/*.test.ts"],
          maxWorkers: 2,
          testTimeout: 180_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
