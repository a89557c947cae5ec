import { describe, expect, it } from "vitest";
import { Failure } from "../../src/model/failure.js";
import type { SourceRead } from "../../src/plugin/source.js";
import { SOURCE_CASES, sourceSuite, withSource, type SourceHarness } from "./source.js";
import { cdmHarness, duckdbHarness, filesHarness, ownHarness } from "./source-harnesses.js";

sourceSuite("a file", filesHarness, false);
sourceSuite("a database of DuckDB", duckdbHarness, false);
sourceSuite("a folder of the Common Data Model", cdmHarness, false);
sourceSuite("the source of docs/own-sources-and-notifiers.md", ownHarness, true);

/** A source that is wrong in one way, and the case that has to notice. */
const BROKEN: readonly {
  name: string;
  noticedBy: string;
  wrap: (read: SourceRead) => Partial<SourceRead>;
}[] = [
  {
    name: "takes what is missing for empty",
    noticedBy: "every value arrives as it is, and one that is missing is not an empty one",
    wrap: (read) => ({
      relation: async (reading) => {
        const { sql, ...more } = await read.relation(reading);
        const filled = `SELECT email, coalesce(name, '') AS name, country FROM (${sql})`;
        return { ...more, sql: filled, withFiles: filled };
      },
    }),
  },
  {
    name: "tells columns that are not there",
    noticedBy: "its columns are told before it is read",
    wrap: () => ({ columnNames: async () => ({ names: ["email", "first name"], all: true }) }),
  },
  {
    name: "reads no more than a page",
    noticedBy: "thousands of customers arrive, and as often as they are asked for",
    wrap: (read) => ({
      relation: async (reading) => {
        const { sql, ...more } = await read.relation(reading);
        return { ...more, sql, withFiles: `SELECT * FROM (${sql}) LIMIT 1000` };
      },
      seal: async () => ({ proof: "nothing" }),
    }),
  },
  {
    name: "takes whatever came for the whole",
    noticedBy: "what lacks its end is not taken for the whole",
    wrap: () => ({ seal: async () => ({ proof: "nothing" }) }),
  },
  {
    name: "tells its secret",
    noticedBy: "no failure tells a secret or somebody's address",
    wrap: () => ({ seal: () => Promise.reject(new Failure("invalid", "canary-crm-key")) }),
  },
];

describe("a broken source is noticed when it", () => {
  it.each(BROKEN)("$name", async ({ noticedBy, wrap }) => {
    const about = SOURCE_CASES.find((one) => one.name === noticedBy);
    expect(about).toBeDefined();
    await withSource(ownHarness, async (harness) => {
      const open: SourceHarness["open"] = async (...asked) => {
        const read = await harness.open(...asked);
        return { ...read, ...wrap(read) };
      };
      await expect(about?.run({ ...harness, open })).rejects.toThrow();
    });
  });
});
