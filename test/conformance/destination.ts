import { describe, it } from "vitest";
import type { ConformanceCase, Harness } from "./harness.js";
import { READ_CASES } from "./read-cases.js";
import { WITHDRAW_CASES } from "./withdraw-cases.js";
import { WRITE_CASES } from "./write-cases.js";

export const DESTINATION_CASES: readonly ConformanceCase[] = [
  ...READ_CASES,
  ...WRITE_CASES,
  ...WITHDRAW_CASES,
];

/** What every destination does alike; a fresh harness for each case. */
export function destinationSuite(name: string, makeHarness: () => Promise<Harness>): void {
  describe(`${name} is a destination`, () => {
    for (const { name: what, only, run } of DESTINATION_CASES) {
      it(what, async (context) => {
        const harness = await makeHarness();
        try {
          if (only === "remote" && !harness.connection.kind.isService)
            return context.skip("it has no network");
          await run(harness);
        } finally {
          await harness.stop();
        }
      });
    }
  });
}
