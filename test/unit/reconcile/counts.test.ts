import { describe, expect, test } from "vitest";
import { countAddresses } from "../../../src/reconcile/count-addresses.ts";
import { countKeptBack } from "../../../src/reconcile/kept-back.ts";
import { countAmongOrphans, countHeldByOrphans } from "../../../src/reconcile/orphans.ts";
import {
  countLeftBefore,
  countRecorded,
  notObservedSql,
  recordedAddressesSql,
  unknownSql,
} from "../../../src/reconcile/recorded.ts";
import { sharedEngine } from "../../support/engine.ts";
import { createRows, desire, program } from "./support.ts";

const opened = sharedEngine();
const CLAIMS = "export list_id key status";

function claims(...rows: string[]): Promise<string> {
  return createRows(opened().engine, CLAIMS, ...rows);
}

async function keys(sql: string): Promise<string[]> {
  const rows = await opened().engine.rows<{ key: string }>(`SELECT key FROM (${sql}) ORDER BY key`);
  return rows.map(({ key }) => key);
}

test("people are kept back for the reason that the comparison found, and only who is desired", async () => {
  const { engine } = opened();
  const changes = await createRows(
    engine,
    "key action profile",
    "a rejected p",
    "b gone p",
    "c remove p",
    "d release p",
    "e remove null",
    "f add p",
    "g gone null",
  );
  expect(Object.fromEntries(await countKeptBack(engine, changes))).toEqual({
    rejected: 1,
    "gone at destination": 1,
    "address changed after opt-out": 2,
  });
});

describe("what is recorded of an export", () => {
  const rows = ["w 7 a member", "w 7 b unknown", "w 7 c left", "w 7 d gone", "w 7 e rejected", "x 7 f left"];

  test("counts whom it has on its list", async () => {
    expect(await countRecorded(opened().engine, await claims(...rows), "w")).toBe(2);
  });

  test("counts who left before and stays, without whom this run takes off or brings back", async () => {
    const { engine } = opened();
    const all = await claims("w 7 a left", "w 7 b left", "w 7 c left", "w 7 d left", "w 7 e member");
    const changes = await createRows(engine, "key action", "b none", "c remove", "d rejoin");
    expect(await countLeftBefore(engine, all, "w", changes)).toBe(2);
  });

  test("finds who is unknown, who is not among those who were read, and every address that is on a list", async () => {
    const all = await claims(...rows);
    const dated = `(SELECT *, 'added' AS origin, NULL AS first_at FROM ${all})`;
    const observed = await createRows(opened().engine, "key", "a");
    expect(await keys(unknownSql(dated, "w"))).toEqual(["b"]);
    expect(await keys(notObservedSql(all, "w", observed))).toEqual(["c"]);
    expect(await keys(recordedAddressesSql(all))).toEqual(["a", "b", "c", "f"]);
  });
});

describe("addresses of an account", () => {
  test("are those who stay and who come, each once, and those of exports that are not compared", async () => {
    const { engine } = opened();
    const views = [{ name: "people", sql: "SELECT 'new@example.com' AS email" }];
    const { tables } = await desire(engine, program({ views }));
    const all = await claims(
      "w 7 stays member",
      "w 7 goes member",
      "w 7 gone gone",
      "x 8 other left",
      "x 8 s stranger",
    );
    const changes = await createRows(engine, "key action", "new add", "goes remove", "other update");
    const one = { name: "w", tables, changes };
    expect(await countAddresses(engine, [one], all)).toEqual({ addresses: 3, added: 1 });
    expect(await countAddresses(engine, [], all)).toEqual({ addresses: 3, added: 0 });
    expect(await countAddresses(engine, [one], await claims())).toEqual({ addresses: 1, added: 1 });
  });
});

describe("exports of which the config says nothing", () => {
  const rows = ["old 7 a member", "old 7 b left", "old 7 c gone", "new 7 a member", "old 8 d unknown"];

  test("hold people on a list whom no export of the config wants there", async () => {
    expect(await countHeldByOrphans(opened().engine, await claims(...rows), ["old"], ["new"])).toEqual([
      { name: "old", list: "7", people: 1 },
      { name: "old", list: "8", people: 1 },
    ]);
  });

  test("may hold people who are suppressed by now", async () => {
    const { engine } = opened();
    const suppressed = [await createRows(engine, "key", "a", "c"), await createRows(engine, "key", "a", "d")];
    expect(await countAmongOrphans(engine, await claims(...rows), ["old"], suppressed)).toEqual([
      { name: "old", people: 2 },
    ]);
  });
});
