import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longest-first.js";
import { minutesFromNow } from "./test/support/minutes.js";
import { scratch } from "./test/support/scratch.js";

const full = process.env.ROLLCALL_TEST_FULL === "1";
const minutes = minutesFromNow();

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: full ? [] : ["test/scale/**"],
    globalSetup: ["test/support/global-setup.ts"],
    setupFiles: ["test/support/within-minutes.ts"],
    pool: "forks",
    // Loading all of src and the SQL engine for each of the many files costs more than some of them.
    // Files share a process by this, so that each puts back what it changes in it (clock, environment, folder).
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Much of the time is spent waiting for processes, servers and clocks, so one worker more than there are cores.
    maxWorkers: availableParallelism() + 1,
    // A hang is told all the same; a machine that is slow or shared is not taken for one.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    teardownTimeout: 10_000,
    reporters: ["default", "./test/support/plain-reporter.ts"],
    env: { TZ: "UTC", NO_COLOR: "1", ...minutes, ...(full ? {} : scratch()) },
  },
});
