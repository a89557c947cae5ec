import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  isCompactionDue,
  compactSql,
  formatsSql,
  LEDGER_COLUMNS,
  LEDGER_FORMAT,
  ledgerViewSql,
  writeBaseSql,
  writeDeltaSql,
  type LedgerFiles,
} from "../../../../src/state/people/ledger.ts";
import { select, withSql } from "../../../support/sql.ts";

interface Claim {
  readonly export: string;
  readonly key: string;
  readonly status: string;
  readonly deleted: boolean;
}

/** A SELECT of claims with every column filled from the few that vary; an empty one when there are none. */
function claimsSql(claims: readonly Claim[]): string {
  const row = ({ export: name, key, status, deleted }: Claim): string =>
    `SELECT '${name}' AS "export", '7' AS list_id, '${key}' AS key, NULL::VARCHAR AS person, ` +
    `unhex(substr(md5('${key}'), 1, 32)) AS input_hash, unhex(md5('${status}')) AS delivered_hash, NULL::BLOB AS attempted_hash, ` +
    `[1, 65535]::USMALLINT[] AS fields, NULL::VARCHAR AS contact_id, 'added' AS origin, '${status}' AS status, ` +
    `NULL::VARCHAR AS reason, TIMESTAMP '2026-01-01' AS first_at, TIMESTAMP '2026-01-02 03:04:05.678' AS changed_at, ${deleted} AS deleted`;
  if (claims.length > 0) return claims.map(row).join(" UNION ALL ");
  return `${row({ export: "", key: "", status: "", deleted: false })} LIMIT 0`;
}

const claim = fc.record({
  export: fc.constantFrom("weekly", "vip"),
  key: fc.constantFrom("a@x.example", "b@x.example", "ü'1@x.example", "d@x.example", "e@x.example"),
  status: fc.constantFrom("member", "left", "unknown"),
  deleted: fc.boolean(),
});
const part = fc.uniqueArray(claim, { selector: (each) => `${each.export} ${each.key}`, maxLength: 10 });

function model(base: readonly Claim[] | undefined, deltas: readonly (readonly Claim[])[]): string[] {
  const current = new Map<string, Claim>();
  for (const each of base ?? []) current.set(`${each.export} ${each.key}`, each);
  for (const each of deltas.flat()) {
    if (each.deleted) current.delete(`${each.export} ${each.key}`);
    else current.set(`${each.export} ${each.key}`, each);
  }
  return [...current].map(([id, { status }]) => `${id} ${status}`).sort();
}

async function viewed(sql: DuckDBConnection, files: LedgerFiles): Promise<string[]> {
  const rows = await select(sql, ledgerViewSql(files));
  return rows.map((row) => `${String(row.export)} ${String(row.key)} ${String(row.status)}`).sort();
}

async function inFolder(work: (sql: DuckDBConnection, folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-test-'quoted-"));
  try {
    await withSql((sql) => work(sql, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("any base and deltas read as a map that they are applied to in order, before and after compaction", async () => {
  await inFolder(async (sql, folder) => {
    let files = 0;
    const property = fc.asyncProperty(
      fc.option(part, { nil: undefined }),
      fc.array(part, { maxLength: 4 }),
      async (base, deltas) => {
        const stored: { base: string | undefined; deltas: string[] } = { base: undefined, deltas: [] };
        const kept = base?.map((each) => ({ ...each, deleted: false }));
        if (kept !== undefined) {
          stored.base = join(folder, `${files++}`);
          await sql.run(writeBaseSql(claimsSql(kept).replaceAll("ü'1", "ü''1"), stored.base));
        }
        for (const delta of deltas) {
          const path = join(folder, `${files++}`);
          await sql.run(writeDeltaSql(claimsSql(delta).replaceAll("ü'1", "ü''1"), path));
          stored.deltas.push(path);
        }
        const expected = model(kept, deltas);
        expect(await viewed(sql, stored)).toEqual(expected);
        const compacted = join(folder, `${files++}`);
        await sql.run(compactSql(stored, compacted));
        expect(await viewed(sql, { base: compacted, deltas: [] })).toEqual(expected);
      },
    );
    await fc.assert(property, { numRuns: 40 });
  });
});

test("every column survives with its type, sorted, and the file says its format", async () => {
  await inFolder(async (sql, folder) => {
    const rows = claimsSql(
      ["b", "a", "c"].map((key) => ({ export: "weekly", key, status: "member", deleted: false })),
    );
    const [base, delta, compacted] = ["base", "delta", "compacted"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await sql.run(writeBaseSql(rows, base));
    await sql.run(writeDeltaSql(rows, delta));
    await sql.run(compactSql({ base, deltas: [delta] }, compacted));
    for (const files of [
      { base: undefined, deltas: [] },
      { base, deltas: [] },
      { base: undefined, deltas: [delta] },
      { base, deltas: [delta, delta] },
      { base: compacted, deltas: [] },
    ]) {
      const described = await select(sql, `DESCRIBE ${ledgerViewSql(files)}`);
      expect(Object.fromEntries(described.map((row) => [row.column_name, row.column_type]))).toEqual(
        LEDGER_COLUMNS,
      );
    }
    const content = `SELECT * EXCLUDE (deleted) FROM (${rows}) ORDER BY key`;
    expect(await select(sql, `SELECT * FROM read_parquet('${compacted.replaceAll("'", "''")}')`)).toEqual(
      await select(sql, content),
    );
    expect(await select(sql, formatsSql([base, delta, compacted]))).toEqual(
      Array.from({ length: 3 }, () => ({ format: String(LEDGER_FORMAT) })),
    );
  });
});

test("compaction is due without a base, past a fifth of it, or at fifty deltas", () => {
  const base = { rows: 100 };
  const deltas = (count: number, rows: number) => Array.from({ length: count }, () => ({ rows }));
  expect(isCompactionDue({ deltas: [] })).toBe(false);
  expect(isCompactionDue({ base, deltas: [] })).toBe(false);
  expect(isCompactionDue({ deltas: deltas(1, 1) })).toBe(true);
  expect(isCompactionDue({ base, deltas: deltas(1, 20) })).toBe(false);
  expect(isCompactionDue({ base, deltas: deltas(3, 7) })).toBe(true);
  expect(isCompactionDue({ base, deltas: deltas(49, 0) })).toBe(false);
  expect(isCompactionDue({ base, deltas: deltas(50, 0) })).toBe(true);
});
