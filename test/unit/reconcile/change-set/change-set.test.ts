import { readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { actionInSql } from "../../../../src/reconcile/action.ts";
import {
  addedInGroupsSql,
  changesSql,
  countChanges,
  keepChanges,
  numberedChangesSql,
  rewriteChangeSet,
  countRowsOf,
  sumRows,
  countWithdrawn,
  writeChangeSet,
  type ChangeSetFile,
} from "../../../../src/reconcile/change-set/change-set.ts";
import { sharedEngine } from "../../../support/engine.ts";

const opened = sharedEngine();
let files = 0;

/** Change set of rows `key action`, with `!` after the action of somebody who withdrew. */
async function made(...rows: readonly string[]): Promise<ChangeSetFile> {
  const { engine } = opened();
  const file = { path: join(engine.folder, `set-${(files += 1)}.parquet`) };
  const values = rows.map((row) => {
    const [key = "", action = "", group = ""] = row.split(" ");
    return `('${key}', '${action.replace("!", "")}', ${action.endsWith("!")}, '${group}')`;
  });
  await writeChangeSet(
    engine,
    file,
    `SELECT key, action, 'churn' AS cause, withdrawn, grp, 'payload of ' || key AS payload, 'added' AS origin, 'member' AS status
     FROM (VALUES ${values.join(", ")}) AS t(key, action, withdrawn, grp)`,
  );
  return file;
}

function rows(file: ChangeSetFile): Promise<{ key: string; action: string }[]> {
  return opened().engine.rows(`SELECT key, action FROM ${changesSql(file)} ORDER BY key`);
}

test("a change set is a file that only its owner can read", async () => {
  const { path } = await made("a add");
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test("a change set counts its rows by kind", async () => {
  const file = await made("a add", "b add n", "c add n", "d remove", "e remove!", "f left");
  const changeSet = await countChanges(opened().engine, file);
  expect(changeSet.counts.map(({ action, group, rows: n }) => `${action} ${group} ${n}`)).toEqual([
    "add  1",
    "add n 2",
    "left  1",
    "remove  1",
    "remove  1",
  ]);
  expect(countRowsOf(changeSet, ["add", "update"])).toBe(3);
  expect(countRowsOf(changeSet, ["remove"])).toBe(2);
  expect(countRowsOf(changeSet, ["update"])).toBe(0);
  expect(countWithdrawn(changeSet)).toBe(1);
  expect(sumRows(changeSet.counts)).toBe(6);
});

test("a change set tells members whom no export claims from people who were on the list already", async () => {
  const { engine } = opened();
  const file = { path: join(engine.folder, "strangers.parquet") };
  await writeChangeSet(
    engine,
    file,
    `SELECT key, 'remove' AS action, 'drift' AS cause, false AS withdrawn, '' AS grp, NULL::VARCHAR AS payload, origin, status
     FROM (VALUES ('s', 'adopted', 'stranger'), ('f', 'found', NULL), ('a', 'added', 'member')) AS t(key, origin, status)`,
  );
  const { counts } = await countChanges(engine, file);
  expect(counts).toMatchObject([{ rows: 3, strangers: 1, found: 1, bytes: 0 }]);
});

describe("a change set that is changed in place", () => {
  test("keeps only what a condition is true of, and says what is left", async () => {
    const file = await made("a add", "b remove", "c remove!");
    const left = await keepChanges(opened().engine, file, `${actionInSql(["remove"])} AND withdrawn`);
    expect(await rows(file)).toEqual([{ key: "c", action: "remove" }]);
    expect(left.path).toBe(file.path);
    expect(sumRows(left.counts)).toBe(1);
  });

  test("is rewritten from its own rows, and nothing else is left beside it", async () => {
    const file = await made("a add", "b add");
    const before = await readdir(dirname(file.path));
    await rewriteChangeSet(
      opened().engine,
      file,
      `SELECT * REPLACE (CASE key WHEN 'a' THEN 'waiting' ELSE action END AS action) FROM ${changesSql(file)}`,
    );
    expect(await rows(file)).toEqual([
      { key: "a", action: "waiting" },
      { key: "b", action: "add" },
    ]);
    expect(await readdir(dirname(file.path))).toEqual(before);
    expect((await stat(file.path)).mode & 0o777).toBe(0o600);
  });

  test("is as it was when the new rows cannot be made", async () => {
    const file = await made("a add");
    await expect(
      rewriteChangeSet(opened().engine, file, `SELECT error('no') AS key FROM ${changesSql(file)}`),
    ).rejects.toThrow();
    expect(await rows(file)).toEqual([{ key: "a", action: "add" }]);
  });
});

test("a change set numbers its rows from zero in the order in which they were written", async () => {
  const file = await made("b add", "a add");
  expect(
    await opened().engine.rows(
      `SELECT file_row_number AS row, key FROM ${numberedChangesSql(file)} ORDER BY row`,
    ),
  ).toEqual([
    { row: 0, key: "b" },
    { row: 1, key: "a" },
  ]);
});

test("additions are found by groups, and nobody without a group", async () => {
  const file = await made("a add", "b add n", "c update n");
  const keys = (groups: string[]) => opened().engine.rows(addedInGroupsSql(file, groups));
  expect(await keys(["n"])).toEqual([{ key: "b" }]);
  expect(await keys([])).toEqual([]);
});
