import fc from "fast-check";
import { expect, it } from "vitest";
import type { SyncMode } from "../../src/model/config/export.js";
import { FULL } from "../support/full.js";
import { Series } from "../support/series.js";
import { exportOf, openProject } from "../support/project.js";
import { remoteOf } from "../support/remote.js";
import {
  SHARING,
  sharedConfig,
  SharedList,
  sharedRows,
  type Sharing,
  type Standing,
} from "../support/shared-list-model.js";

const RUNS = FULL ? 60 : 2;
const SERIES = new Series("two exports on one list");
const PEOPLE = ["ann", "bob", "carl", "dora", "eve"].map((name) => `${name}@example.com`);

const standing = fc.constantFrom<Standing>("in", "in", "refuses", "out");
const round = fc.record({
  people: fc.array(fc.record({ first: standing, second: standing }), { minLength: 5, maxLength: 5 }),
  modes: fc.record({
    first: fc.constantFrom<SyncMode>("mirror", "mirror", "upsert", "add-only"),
    // Two mirrors on one list are an error.
    second: fc.constantFrom<SyncMode>("upsert", "add-only"),
  }),
  applied: fc.constantFrom<readonly Sharing[]>(SHARING, SHARING, ["first"], ["second"]),
});
it(`two exports on one list agree about everybody (seed ${SERIES.first})`, { timeout: 600_000 }, () =>
  SERIES.tellOne((seed) =>
    fc.assert(
      fc.asyncProperty(
        fc.subarray(PEOPLE, { maxLength: 2 }),
        fc.array(round, { minLength: 2, maxLength: 5 }),
        async (there, rounds) => {
          const project = await openProject();
          try {
            const remote = remoteOf(project, "file");
            await remote.addList("customers");
            const model = new SharedList(PEOPLE);
            for (const key of there) {
              await remote.addStranger(key, ["customers"]);
              model.members.add(key);
            }
            for (const one of rounds) {
              await project.profiles(sharedRows(PEOPLE, one));
              await project.config(sharedConfig(one, "file", "customers"));
              await project.apply({ targets: one.applied });
              model.apply(one);
              expect([...(await remote.members("customers")).keys()].sort()).toEqual(
                [...model.members].sort(),
              );
              const planned = await project.plan({ targets: one.applied });
              for (const name of one.applied)
                expect(exportOf(planned, name).counts).toMatchObject({ add: 0, update: 0, remove: 0 });
            }
          } finally {
            await project.stop();
          }
        },
      ),
      { numRuns: RUNS, seed, interruptAfterTimeLimit: 500_000 },
    ),
  ),
);
