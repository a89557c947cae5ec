import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { OptOutPlace } from "../../../../src/plugin/destination.ts";
import {
  optOutsMergeSql,
  optOutsViewSql,
  rememberedSince,
  writeOptOutsSql,
} from "../../../../src/state/people/opt-outs.ts";
import { select, withSql } from "../../../support/sql.ts";

const rows = (...each: string[]): string =>
  each.length === 0
    ? "SELECT NULL::VARCHAR AS key, NULL::VARCHAR AS list_id, NULL::VARCHAR AS reason LIMIT 0"
    : `SELECT * FROM (VALUES ${each.join(", ")}) AS t (key, list_id, reason)`;

const contacts = (...each: string[]): string =>
  `SELECT * FROM (VALUES ${each.join(", ")}) AS t (key, list_ids)`;

/** Merges reads one after the other, through files; the answer is what is known after each. */
async function merging(
  work: (
    merge: (
      read: string,
      more?: { whole?: readonly OptOutPlace[]; seen?: string; day?: number },
    ) => Promise<unknown[]>,
  ) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-test-"));
  try {
    await withSql(async (sql) => {
      let file: string | undefined;
      let number = 0;
      expect(await select(sql, optOutsViewSql(undefined))).toEqual([]);
      await work(async (read, { whole = [], seen, day = 1 } = {}) => {
        const path = join(folder, String(number++));
        const at = `2026-01-0${day}T02:00:00.000+02:00`;
        await sql.run(
          writeOptOutsSql({ optOuts: optOutsMergeSql({ known: file, read, whole, seen, at }) }, path),
        );
        file = path;
        const known = `SELECT * FROM (${optOutsViewSql(path)}) ORDER BY key, list_id, reason`;
        return (await select(sql, known)).map((row) => Object.values(row).join(" "));
      });
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("contacts that were seen say whether they are opted out, and those that were not seen stay so", () =>
  merging(async (merge) => {
    const first = rows(
      "('a', NULL, 'blocked')",
      "('b', '12', 'left')",
      "('c', NULL, 'blocked')",
      "(NULL, NULL, 'x')",
    );
    const none: string[] = [];
    expect(await merge(first, { seen: contacts("('a', [])", "('b', ['12'])", "('c', [])") })).toEqual([
      "a  blocked 2026-01-01 00:00:00",
      "b 12 left 2026-01-01 00:00:00",
      "c  blocked 2026-01-01 00:00:00",
    ]);
    // a is blocked otherwise and named twice, b has lost the list rather than come back to it, c was deleted.
    const second = rows("('a', NULL, 'other')", "('a', NULL, 'other')", "('a', '12', 'left')");
    expect(await merge(second, { seen: contacts("('a', ['12'])", "('b', ['13'])"), day: 2 })).toEqual([
      "a 12 left 2026-01-02 00:00:00",
      "a  other 2026-01-02 00:00:00",
      "b 12 left 2026-01-01 00:00:00",
      "c  blocked 2026-01-01 00:00:00",
    ]);
    expect(await merge(rows(), { seen: contacts("('d', [])") })).toHaveLength(4);
    expect(await merge(rows())).toHaveLength(4);
    // Back on the list, and blocked no more; somebody made c again, who says nothing against it.
    expect(
      await merge(rows(), { seen: contacts("('a', ['12', '13'])", "('b', ['12'])", "('c', [])") }),
    ).toEqual(none);
  }));

test("a place that was read to its end replaces what was known of it, and of no other place", () =>
  merging(async (merge) => {
    const group = (id: number) => ({ listId: undefined, reason: `unsubscribed from group ${id}` });
    const both = rows(
      "('a', NULL, 'unsubscribed from group 7')",
      "('a', NULL, 'unsubscribed from group 8')",
      "('b', NULL, 'unsubscribed from group 7')",
      "('c', 'first', 'unsubscribed')",
      "('c', 'second', 'unsubscribed')",
    );
    expect(await merge(both, { whole: [group(7), group(8)] })).toHaveLength(5);
    expect(await merge(rows(), { whole: [group(7), { listId: "first", reason: "unsubscribed" }] })).toEqual([
      "a  unsubscribed from group 8 2026-01-01 00:00:00",
      "c second unsubscribed 2026-01-01 00:00:00",
    ]);
    // The time of the first sight stays; in another place it is another one.
    const again = rows(
      "('a', NULL, 'unsubscribed from group 7')",
      "('a', NULL, 'unsubscribed from group 8')",
    );
    expect(await merge(again, { whole: [group(7), group(8)], day: 3 })).toEqual([
      "a  unsubscribed from group 7 2026-01-03 00:00:00",
      "a  unsubscribed from group 8 2026-01-01 00:00:00",
      "c second unsubscribed 2026-01-01 00:00:00",
    ]);
  }));

test("the earliest of three clocks says whose address has been kept long enough", () => {
  const clock = new Date("2027-06-01T00:00:00.000Z");
  const year = (iso: string): string => `${Number(iso.slice(0, 4)) - 1}${iso.slice(4)}T00:00:00.000Z`;
  const said = Date.parse("2026-05-01T00:00:00Z");
  expect(rememberedSince(undefined, { clock })).toBe(year("2027-06-01"));
  expect(rememberedSince("2026-04-01T00:00:00.000Z", { clock })).toBe(year("2026-04-01"));
  // A clock that has been wrong before has written so.
  expect(rememberedSince("2027-05-31T00:00:00.000Z", { clock, said })).toBe(year("2026-05-01"));
  expect(rememberedSince("2027-07-01T00:00:00.000Z", { clock, said: NaN })).toBe(year("2027-06-01"));
});
