import { expect, test } from "vitest";
import {
  releaseSharedClaims,
  wantedByOthersSql,
  type ComparedExport,
} from "../../../src/reconcile/shared-lists.ts";
import { sharedEngine } from "../../support/engine.ts";
import { createRows } from "./support.ts";

const opened = sharedEngine();
const CLAIMS = "export list_id key status";

/** An export with these changes: `key action`. */
async function compared(
  name: string,
  listId: string | undefined,
  ...changes: string[]
): Promise<ComparedExport> {
  const { engine } = opened();
  const rows = await createRows(engine, "key action", ...changes);
  const table = `${name}_${rows}`;
  await engine.keep(table, `SELECT * FROM ${rows}`);
  return { name, listId, changes: table };
}

async function wanted(
  own: string,
  exports: readonly ComparedExport[],
  ...claims: string[]
): Promise<string[]> {
  const { engine } = opened();
  const table = await createRows(engine, CLAIMS, ...claims);
  const rows = await engine.rows<{ key: string }>(
    `SELECT key FROM (${wantedByOthersSql({ name: own }, "7", exports, table)}) ORDER BY key`,
  );
  return rows.map(({ key }) => key);
}

test("others want whom they have on the list, but not who left their segments or is a stranger", async () => {
  const claims = [
    "b 7 a member",
    "b 7 b unknown",
    "b 7 c left",
    "b 7 d stranger",
    "b 7 e gone",
    "a 7 f member",
  ];
  expect(await wanted("a", [], ...claims, "b 8 g member")).toEqual(["a", "b"]);
});

test("others want whom they put there in this run, and no longer whom they take off", async () => {
  const other = await compared("b", "7", "new add", "back rejoin", "off remove", "stay left", "held gone");
  const elsewhere = await compared("c", "8", "far add");
  const claims = ["b 7 off member", "b 7 stay member", "b 7 kept member"];
  expect(await wanted("a", [other, elsewhere], ...claims)).toEqual(["back", "kept", "new"]);
});

test("a removal is a release while another export wants the person", async () => {
  const { engine } = opened();
  const own = await compared("a", "7", "shared remove", "own remove", "new add");
  const other = await compared("b", "7");
  const fresh = await compared("c", undefined, "x remove");
  const claims = await createRows(engine, CLAIMS, "a 7 shared member", "a 7 own member", "b 7 shared member");
  await releaseSharedClaims(engine, [own, other, fresh], claims);
  expect(await engine.rows(`SELECT key, action FROM ${own.changes} ORDER BY key`)).toEqual([
    { key: "new", action: "add" },
    { key: "own", action: "remove" },
    { key: "shared", action: "release" },
  ]);
});

test("whom the last two exports of a list let go of in one run is taken off once", async () => {
  const { engine } = opened();
  const first = await compared("a", "7", "x remove");
  const second = await compared("b", "7", "x remove");
  const claims = await createRows(engine, CLAIMS, "a 7 x member", "b 7 x member");
  await releaseSharedClaims(engine, [first, second], claims);
  expect(
    await engine.rows(
      `SELECT action FROM ${first.changes} UNION ALL SELECT action FROM ${second.changes} ORDER BY action`,
    ),
  ).toEqual([{ action: "remove" }, { action: "remove" }]);
});
