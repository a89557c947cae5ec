import fc from "fast-check";
import { expect, test } from "vitest";
import { way, written } from "../../support/csv-ways.ts";
import { sharedEngine } from "../../support/engine.ts";
import { FULL } from "../../support/full.ts";
import { failureOf, loadFiles } from "./support.ts";

const opened = sharedEngine();
const numRuns = FULL ? 400 : 60;

/** With a letter before, so that no value is taken for a number, a date or an empty one. */
const cell = fc
  .array(fc.constantFrom(..."aZ09 éüß,;|\t\"'#.-"), { maxLength: 8 })
  .map((letters) => `x${letters.join("")}`);
const HEADER = ["id", "größe"];
const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 });

const sorted = (rows: readonly (readonly (string | null)[])[]): string[] =>
  rows.map((row) => JSON.stringify(row)).sort();

test("a table is the same however it is written", async () => {
  let file = 0;
  await fc.assert(
    fc.asyncProperty(table, way, async (rows, one) => {
      const name = `way-${(file += 1)}.csv${one.packed ? ".gz" : ""}`;
      const loaded = await loadFiles(
        opened(),
        { [name]: written([HEADER, ...rows], one) },
        { rules: { encoding: one.encoding } },
      );
      expect(loaded.columns.map((column) => column.split(" ")[0])).toEqual(["id", "größe"]);
      expect(sorted(loaded.values)).toEqual(sorted(rows));
    }),
    { numRuns },
  );
});

test("and so are its halves, each written in its own way", async () => {
  let source = 0;
  const ending = { encoding: fc.constant("UTF-8" as const), packed: fc.constant(false) };
  const own = fc.tuple(way, fc.record(ending)).map(([one, fixed]) => ({ ...one, ...fixed }));
  await fc.assert(
    fc.asyncProperty(table, own, table, own, async (first, one, second, other) => {
      source += 1;
      const names = [`half-${source}-1.csv`, `half-${source}-2.csv`] as const;
      const loaded = await loadFiles(opened(), {
        [names[0]]: written([HEADER, ...first], one),
        [names[1]]: written([HEADER, ...second], other),
      });
      expect(loaded.rows).toBe(first.length + second.length);
      expect(sorted(loaded.values)).toEqual(sorted([...first, ...second]));
    }),
    { numRuns: numRuns / 2 },
  );
});

test("a file that is cut off within a line is an error, whatever is left of it", async () => {
  let file = 0;
  await fc.assert(
    fc.asyncProperty(table, way, fc.nat(), async (rows, one, at) => {
      const whole = written([HEADER, ...rows], { ...one, packed: false });
      const cut = whole.subarray(0, at % whole.length);
      const end = cut.toString("latin1").replace(/\0$/u, "");
      if (/[\r\n]$/u.test(end)) return;
      const load = loadFiles(
        opened(),
        { [`cut-${(file += 1)}.csv`]: cut },
        { rules: { encoding: one.encoding } },
      );
      const { message } = await failureOf(load);
      expect(message).toContain(`cut-${file}.csv`);
    }),
    { numRuns },
  );
});
