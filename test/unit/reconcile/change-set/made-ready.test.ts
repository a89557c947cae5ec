import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  changesSql,
  writeChangeSet,
  type ChangeSetFile,
} from "../../../../src/reconcile/change-set/change-set.ts";
import {
  countTakenOff,
  createMissing,
  holdBackWhoLeft,
} from "../../../../src/reconcile/change-set/who-left.ts";
import { findLeftToDo } from "../../../../src/reconcile/change-set/left-to-do.ts";
import {
  createWereOnList,
  keepSharedLeavers,
  readRemovedAddresses,
  resolveRemovals,
} from "../../../../src/reconcile/change-set/removals.ts";
import {
  countLeftOut,
  dropAdditions,
  stillToSendSql,
} from "../../../../src/reconcile/change-set/since-plan.ts";
import { CLOCK, sharedEngine } from "../../../support/engine.ts";
import { createRows } from "../support.ts";

const opened = sharedEngine();
let runs = 0;

function table(columns: string, ...rows: readonly string[]): Promise<string> {
  return createRows(opened().engine, columns, ...rows);
}

/** Change set of rows `key action`, with `!` after the action of somebody who withdrew. */
async function changeSet(...rows: readonly string[]): Promise<ChangeSetFile> {
  const { engine } = opened();
  const file = { path: join(engine.folder, `ready-${(runs += 1)}.parquet`) };
  const values = rows.map((row) => {
    const [key = "", action = ""] = row.split(" ");
    return `('${key}', '${action.replace("!", "")}', ${action.endsWith("!")})`;
  });
  await writeChangeSet(
    engine,
    file,
    `SELECT key, action, 'churn' AS cause, withdrawn, '' AS grp, 'sent' AS payload, 'added' AS origin,
       CASE WHEN action = 'add' THEN NULL ELSE 'member' END AS status, NULL::VARCHAR AS contact_id,
       'new'::BLOB AS delivered_hash, CASE WHEN action = 'add' THEN NULL ELSE 'old' END::BLOB AS old_delivered_hash
     FROM (VALUES ${values.join(", ")}) AS t(key, action, withdrawn)`,
  );
  return file;
}

async function actionsOf(file: ChangeSetFile): Promise<Record<string, string>> {
  const rows = await opened().engine.rows<{ key: string; action: string }>(
    `SELECT key, action FROM ${changesSql(file)}`,
  );
  return Object.fromEntries(rows.map(({ key, action }) => [key, action]));
}

/** Claims of the export `weekly` on list 7: key, status, delivered hash, and whether we wrote about them just now. */
async function claims(...rows: readonly string[]): Promise<string> {
  const name = await table("key status hash recent", ...rows);
  const view = `${name}_claims`;
  await opened().engine.run(
    `CREATE VIEW ${view} AS SELECT 'weekly' AS export, '7' AS list_id, key, status, 'added' AS origin, NULL AS reason,
       hash::BLOB AS delivered_hash, CASE WHEN recent THEN TIMESTAMP '${new Date().toISOString().slice(0, 19)}' ELSE TIMESTAMP '2019-01-01' END AS changed_at FROM ${name}`,
  );
  return view;
}

describe("keeping people off a list that they left", () => {
  const people = ["stays update", "left update", "late update", "no update", "new add"];

  async function kept(restores: boolean): Promise<{ actions: Record<string, string>; takenOff: number }> {
    const { engine } = opened();
    const file = await changeSet(...people);
    const observed = await table("key opted_out", "stays null", "no unsubscribed");
    const recorded = await claims("stays member", "left member", "late member null true", "no member");
    const held = await table("key reason");
    const missing = `missing${(runs += 1)}`;
    const readAt = new Date();
    const own = { exportName: "weekly", claims: recorded, held };
    await createMissing(engine, missing, own, { observed, readAt, lagSeconds: 3600 });
    expect(await holdBackWhoLeft(engine, file, { missing, observed, restores })).toBe(true);
    return { actions: await actionsOf(file), takenOff: await countTakenOff(engine, missing) };
  }

  test("holds back who was taken off, and waits where the list need not show it yet", async () => {
    expect(await kept(false)).toEqual({
      actions: { stays: "update", left: "gone", late: "waiting", no: "gone", new: "add" },
      takenOff: 1,
    });
  });

  test("adds who was taken off again where the export restores them, and nobody who unsubscribed", async () => {
    const { actions } = await kept(true);
    expect(actions).toEqual({ stays: "update", left: "add", late: "waiting", no: "gone", new: "add" });
  });

  test("leaves a change set alone when everybody is there", async () => {
    const { engine } = opened();
    const file = await changeSet("stays update", "new add");
    const observed = await table("key opted_out", "stays null");
    const missing = await table("key status recent");
    expect(await holdBackWhoLeft(engine, file, { missing, observed, restores: false })).toBe(false);
  });
});

describe("removals", () => {
  const removing = { exportName: "weekly", listId: "7", leaving: false, lagSeconds: 3600 };

  test("get the ids of those on the list; who is off it already needs no request", async () => {
    const { engine } = opened();
    const file = await changeSet("there remove", "off remove", "ours remove", "late remove", "kept update");
    const recorded = await claims("off member", "ours gone", "late member null true");
    const ids = `ids${(runs += 1)}`;
    await engine.run(`CREATE TABLE ${ids} AS SELECT 'there' AS key, 'c1' AS contact_id, true AS on_list`);
    expect((await readRemovedAddresses(engine, file)).toSorted()).toEqual(["late", "off", "ours", "there"]);
    const own = { ...removing, ...file };
    const wereOnList = await createWereOnList(engine, `w${runs}`, [own], {
      claims: recorded,
      clock: CLOCK,
      forgotten: undefined,
    });
    const { counts } = await resolveRemovals(engine, own, { ids, wereOnList, claims: recorded });
    expect(await actionsOf(file)).toEqual({
      there: "remove",
      off: "gone",
      ours: "absent",
      late: "unresolved",
      kept: "update",
    });
    expect(counts.reduce((sum, { rows }) => sum + rows, 0)).toBe(5);
  });

  test("remember nobody as taken off by others who was forgotten, nor anybody of a list that is left", async () => {
    const { engine } = opened();
    const file = await changeSet("a remove", "b remove");
    const recorded = await claims("a member", "b member");
    const given = { claims: recorded, clock: CLOCK };
    const forgotten = (keys: string) => `SELECT key FROM (${keys}) WHERE key = 'a'`;
    const keys = async (leaving: boolean) => {
      const own = [{ ...removing, ...file, leaving }];
      const name = await createWereOnList(engine, `w${(runs += 1)}`, own, { ...given, forgotten });
      return engine.rows(`SELECT export, key FROM ${name}`);
    };
    expect(await keys(false)).toEqual([{ export: "weekly", key: "b" }]);
    expect(await keys(true)).toEqual([]);
  });

  test("wait for an export that is not sent, unless the person withdrew", async () => {
    const { engine } = opened();
    const file = await changeSet("a remove", "b release", "c remove!", "d remove");
    const theirs = await table("key action", "a add", "b left", "c add", "d none");
    await keepSharedLeavers(engine, file, [theirs]);
    expect(await actionsOf(file)).toEqual({ a: "waiting", b: "waiting", c: "remove", d: "remove" });
  });
});

describe("news since the plan", () => {
  test("leaves out who may not be sent any more, and lets everybody leave whom only the user's data holds back", async () => {
    const { engine } = opened();
    const file = await changeSet(
      "out add",
      "no add",
      "leaver remove",
      "optOut remove",
      "w remove!",
      "off add",
    );
    const held = await table("key reason", "leaver suppressed", "no suppressed");
    await engine.run(
      `INSERT INTO ${held} VALUES ('out', 'opted out'), ('optOut', 'opted out'), ('w', 'opted out')`,
    );
    const since = { held, takenOff: await table("key", "off") };
    const left = await engine.rows<{ key: string }>(`SELECT key FROM (${stillToSendSql(file, since)})`);
    expect(left.map(({ key }) => key).toSorted()).toEqual(["leaver", "w"]);
    expect(Object.fromEntries(await countLeftOut(engine, file, since))).toEqual({
      "opted out": 2,
      suppressed: 1,
      "taken off": 1,
    });
  });

  test("drops those who would be added and were taken off, and nobody else", async () => {
    const { engine } = opened();
    const file = await changeSet("a add", "b add", "c update");
    const takenOff = await table("key", "a", "c");
    expect(await dropAdditions(engine, file, takenOff)).toBe(1);
    expect(await actionsOf(file)).toEqual({ b: "add", c: "update" });
    expect(await dropAdditions(engine, file, takenOff)).toBe(0);
  });
});

test("the rest of an interrupted run leaves out what it did and what the record contradicts by now", async () => {
  const { engine } = opened();
  const file = await changeSet(
    "done add",
    "open add",
    "doubt update",
    "same update",
    "other update",
    "shared remove",
  );
  const recorded = await claims(
    "done member new",
    "doubt unknown",
    "same member old",
    "other member else",
    "shared member old",
  );
  const { sql, overtaken } = await findLeftToDo(engine, `SELECT * FROM ${changesSql(file)}`, {
    exportName: "weekly",
    claims: recorded,
    others: "SELECT 'shared' AS key",
  });
  const left = await engine.rows<{ key: string }>(`SELECT key FROM (${sql}) ORDER BY key`);
  expect(left.map(({ key }) => key)).toEqual(["doubt", "open", "same"]);
  expect(overtaken).toBe(2);
});
