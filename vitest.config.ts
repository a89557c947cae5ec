import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: process.env.ROLLCALL_TEST_FULL === "1" ? [] : ["test/scale/**"],
    globalSetup: ["test/support/global-setup.ts"],
    pool: "forks",
    // Much of the time is spent waiting for processes and servers, so one worker a core, even on two cores.
    maxWorkers: availableParallelism(),
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    reporters: ["default", "./test/support/plain-reporter.ts"],
    env: { TZ: "UTC", NO_COLOR: "1" },
  },
});
