import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { optOutsMergeSql, optOutsViewSql, writeOptOutsSql } from "../../../src/state/opt-outs.ts";
import { select, withSql } from "../../support/sql.ts";

const rows = (...each: string[]): string =>
  each.length === 0
    ? "SELECT NULL::VARCHAR AS key, NULL::VARCHAR AS list_id, NULL::VARCHAR AS reason LIMIT 0"
    : `SELECT * FROM (VALUES ${each.join(", ")}) AS t (key, list_id, reason)`;

test("a first, a partial and a complete read each leave exactly who is opted out, with the time of first sight", async () => {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-test-"));
  try {
    await withSql(async (sql) => {
      let file: string | undefined;
      let number = 0;
      const merge = async (read: string, seen: string | undefined, at: string): Promise<unknown[]> => {
        const path = join(folder, String(number++));
        await sql.run(writeOptOutsSql(optOutsMergeSql({ known: file, read, seen, at }), path));
        file = path;
        return (await select(sql, optOutsViewSql(path))).map((row) => Object.values(row).join(" "));
      };
      expect(await select(sql, optOutsViewSql(undefined))).toEqual([]);

      const first = rows(
        "('a', NULL, 'blocked')",
        "('b', '12', 'left list')",
        "('c', NULL, 'bounce')",
        "(NULL, NULL, 'x')",
      );
      expect(await merge(first, undefined, "2026-01-01T00:00:00.000Z")).toEqual([
        "a  blocked 2026-01-01 00:00:00",
        "b 12 left list 2026-01-01 00:00:00",
        "c  bounce 2026-01-01 00:00:00",
      ]);

      // b was read and is subscribed again, c was not read, a still is and now also for one list, d is new and named twice.
      const second = rows(
        "('a', NULL, 'complaint')",
        "('a', '12', 'left list')",
        "('d', NULL, 'z')",
        "('d', NULL, 'y')",
      );
      const seen = "SELECT * FROM (VALUES ('a'), ('b'), ('d')) AS t (key)";
      expect(await merge(second, seen, "2026-01-02T02:00:00.000+02:00")).toEqual([
        "a 12 left list 2026-01-02 00:00:00",
        "a  complaint 2026-01-01 00:00:00",
        "c  bounce 2026-01-01 00:00:00",
        "d  y 2026-01-02 00:00:00",
      ]);

      expect(await merge(rows(), "SELECT 'x' AS key", "2026-01-03T00:00:00.000Z")).toHaveLength(4);
      expect(await merge(rows("('c', NULL, 'bounce')"), undefined, "2026-01-04T00:00:00.000Z")).toEqual([
        "c  bounce 2026-01-01 00:00:00",
      ]);
      expect(await merge(rows(), undefined, "2026-01-05T00:00:00.000Z")).toEqual([]);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
