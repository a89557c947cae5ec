import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { FAULT_STEP } from "../../../../src/reconcile/change-set/misfit.ts";
import { changeSetSql } from "../../../../src/reconcile/change-set/build.ts";
import type { AttributeProgram } from "../../../../src/model/plan/program.ts";
import type { Codec } from "../../../../src/plugin/codec.ts";
import { literal } from "../../../../src/plugin/relation.ts";
import { sharedEngine } from "../../../support/engine.ts";
import { attribute, desire, program } from "../support.ts";

const opened = sharedEngine();
let runs = 0;

interface Change {
  readonly key: string;
  readonly action: string;
  readonly status?: string;
  readonly onList?: boolean;
  /** The payload last delivered; claims the row. */
  readonly delivered?: string;
}

interface Built {
  readonly action: string;
  readonly payload: string | null;
  readonly delivered: string | null;
  readonly old: string | null;
  readonly origin: string;
  readonly misfits: string | null;
  readonly grp: string;
}

/** Names the payload `key|a0|a1…` with `!` for a value that clears, in a group by the first. */
function codec(attributes: readonly AttributeProgram[]): Pick<Codec, "payload" | "group" | "matches"> {
  const parts = attributes.map(
    (_, i) => `CASE WHEN c${i} THEN '!' ELSE coalesce(CAST(a${i} AS VARCHAR), '') END`,
  );
  return {
    payload: ["key", ...parts].join(" || '|' || "),
    group: attributes.length === 0 ? "''" : "CASE WHEN c0 THEN 'clear' ELSE '' END",
    matches: "payload = observed",
  };
}

async function build(
  people: string,
  attributes: readonly AttributeProgram[],
  changes: readonly Change[],
  more: { sharedPhones?: readonly string[]; observed?: Readonly<Record<string, string>> } = {},
): Promise<Record<string, Built>> {
  const { engine } = opened();
  const prefix = `b${(runs += 1)}`;
  const wanted = program({ views: [{ name: "people", sql: people }], attributes });
  const { tables } = await desire(engine, wanted);
  const hash = (text: string | undefined) =>
    text === undefined
      ? "NULL::BLOB"
      : `unhex('${createHash("sha256").update(text).digest("hex").slice(0, 32)}')`;
  const rows = changes.map(
    ({ key, action, status, onList = false, delivered }) =>
      `('${key}', '${action}', ${status === undefined ? "NULL" : `'${status}'`}, ${onList}, ${delivered !== undefined || status !== undefined}, ${hash(delivered)})`,
  );
  await engine.keep(
    `${prefix}_changes`,
    `SELECT t.key, p.row AS profile, p.input_hash, NULL::VARCHAR AS person_hash, claimed, 'i'::BLOB AS old_input_hash, old AS old_delivered_hash,
       [1]::USMALLINT[] AS old_fields, CASE WHEN claimed THEN 'added' END AS origin, status, NULL::VARCHAR AS reason, NULL::TIMESTAMP AS first_at, NULL::VARCHAR AS old_person,
       NULL::VARCHAR AS hold, on_list, false AS earlier_opt_out, false AS unsubscribed, NULL::VARCHAR AS contact_id, action, 'churn' AS cause, false AS withdrawn, false AS drifted
     FROM (VALUES ${rows.join(", ")}) AS t(key, action, status, on_list, claimed, old) LEFT JOIN ${tables.profiles} AS p ON p.key = t.key`,
  );
  const list = async (name: string, sql: string | undefined) => {
    if (sql === undefined) return undefined;
    await engine.run(`CREATE TABLE ${prefix}_${name} AS ${sql}`);
    return `${prefix}_${name}`;
  };
  const phones = more.sharedPhones?.map((phone) => `('${phone}')`).join(", ");
  const seen = Object.entries(more.observed ?? {}).map(([key, text]) => `('${key}', ${literal(text)})`);
  const sql = changeSetSql("weekly", wanted, codec(attributes) as Codec, {
    changes: `${prefix}_changes`,
    profiles: tables.profiles,
    sharedPhones: await list(
      "phones",
      phones === undefined ? undefined : `SELECT * FROM (VALUES ${phones}) AS t(phone)`,
    ),
    observed: await list(
      "seen",
      seen.length === 0 ? undefined : `SELECT * FROM (VALUES ${seen.join(", ")}) AS t(key, observed)`,
    ),
  });
  const found = await engine.rows<Built & { key: string }>(
    `SELECT key, action, payload, lower(hex(delivered_hash)) AS delivered, lower(hex(old_delivered_hash)) AS old, origin, array_to_string(misfits, ',') AS misfits, grp FROM (${sql})`,
  );
  expect(new Set(found.map(({ key }) => key)).size).toBe(found.length);
  return Object.fromEntries(found.map(({ key, ...rest }) => [key, rest]));
}

const people = "SELECT * FROM (VALUES ('a', 'Ann', 1), ('b', 'Bob', 2), ('c', NULL, NULL)) AS t(k, name, n)";
const addressed = `SELECT k || '@x.example' AS email, name, n FROM (${people})`;

describe("a change set", () => {
  test("is built by the codec over the final values, hashed and grouped", async () => {
    const built = await build(
      addressed,
      [attribute("name", { nulls: "clear" }), attribute("n", { type: "number" })],
      [
        { key: "a@x.example", action: "add" },
        { key: "c@x.example", action: "add" },
      ],
    );
    expect(built["a@x.example"]).toMatchObject({
      action: "add",
      payload: "a@x.example|Ann|1.0",
      grp: "",
      origin: "added",
      misfits: "",
    });
    expect(built["c@x.example"]).toMatchObject({ payload: "c@x.example|!|", grp: "clear", misfits: "" });
    expect(built["a@x.example"]?.delivered).toBe(
      createHash("sha256").update("a@x.example|Ann|1.0").digest("hex").slice(0, 32),
    );
  });

  test("names which of many values do not fit", async () => {
    const many = Array.from({ length: 200 }, () => attribute("name", { type: "choice", choices: ["Bob"] }));
    const built = await build(addressed, many, [{ key: "a@x.example", action: "add" }]);
    expect(built["a@x.example"]?.misfits).toBe(many.map((_, index) => index).join(","));
  });

  test("is the address alone without attributes", async () => {
    const built = await build(addressed, [], [{ key: "a@x.example", action: "add" }]);
    expect(built["a@x.example"]).toMatchObject({ payload: "a@x.example", misfits: "" });
  });
});

describe("an update becomes a refresh", () => {
  test.each<[string, Change, Record<string, string>, string]>([
    [
      "whose payload was delivered already",
      { key: "a@x.example", action: "update", status: "member", delivered: "a@x.example|Ann" },
      {},
      "refresh",
    ],
    [
      "but not one with another payload",
      { key: "a@x.example", action: "update", status: "member", delivered: "a@x.example|Anna" },
      {},
      "update",
    ],
    [
      "but not one whose outcome is unknown",
      { key: "a@x.example", action: "update", status: "unknown", delivered: "a@x.example|Ann" },
      {},
      "update",
    ],
    [
      "of unknown outcome that is there after all",
      { key: "a@x.example", action: "update", status: "unknown", onList: true, delivered: "x" },
      { "a@x.example": "a@x.example|Ann" },
      "refresh",
    ],
    [
      "of unknown outcome, not when other values are there",
      { key: "a@x.example", action: "add", status: "unknown", onList: true },
      { "a@x.example": "a@x.example|Otto" },
      "add",
    ],
    [
      "of unknown outcome, not when the person is not on the list",
      { key: "a@x.example", action: "add", status: "unknown" },
      { "a@x.example": "a@x.example|Ann" },
      "add",
    ],
    [
      "of somebody found with these values",
      { key: "a@x.example", action: "update", onList: true },
      { "a@x.example": "a@x.example|Ann" },
      "refresh",
    ],
    [
      "of somebody found, not with other values",
      { key: "a@x.example", action: "update", onList: true },
      { "a@x.example": "{}" },
      "update",
    ],
    [
      "but not what the ledger says of a member, whatever was seen",
      { key: "a@x.example", action: "update", status: "member", onList: true, delivered: "x" },
      { "a@x.example": "a@x.example|Ann" },
      "update",
    ],
  ])("%s", async (_what, change, observed, action) => {
    const built = await build(addressed, [attribute("name")], [change], { observed });
    expect(built["a@x.example"]?.action).toBe(action);
    if (change.status === undefined) expect(built["a@x.example"]?.origin).toBe("found");
  });
});

test("a row that is only recorded keeps what was last sent", async () => {
  const actions = ["remove", "left", "release", "forget", "rejoin", "found"];
  const rows = actions.map((action, i) => ({
    key: `${i}@x.example`,
    action,
    status: "member",
    delivered: "old",
  }));
  const built = await build(
    addressed,
    [attribute("name")],
    [...rows, { key: "z@x.example", action: "none" }],
  );
  expect(Object.keys(built).sort()).toEqual(rows.map(({ key }) => key));
  for (const [i, action] of actions.entries()) {
    const row = built[`${i}@x.example`];
    expect(row).toMatchObject({ action, payload: null });
    expect(row?.delivered).toBe(row?.old);
  }
});

test("values that do not fit are left out, not cleared, and named by their place", async () => {
  const odd =
    "SELECT 'a@x.example' AS email, 'too long' AS name, 'x' AS n, '12' AS tel, '2024-13-01' AS born";
  const built = await build(
    odd,
    [
      attribute("name", { maxLength: 3, nulls: "clear" }),
      attribute("n", { type: "number", nulls: "clear" }),
      attribute("tel", { type: "phone", country: "'DE'", nulls: "clear" }),
      attribute("born", { type: "date", nulls: "clear" }),
      attribute("email"),
    ],
    [{ key: "a@x.example", action: "add" }],
  );
  expect(built["a@x.example"]).toMatchObject({
    payload: "a@x.example|||||a@x.example",
    misfits: "0,1,2,3",
    grp: "",
  });
});

test("a phone number that does not fit is reported with its fault", async () => {
  const numbers = ["12", "4915123456789", "15123456789.0", "0711 1234567"];
  const people = numbers.map((tel, i) => `(${i} || '@x.example', '${tel}')`).join(", ");
  const built = await build(
    `SELECT * FROM (VALUES ${people}) AS t(email, tel)`,
    [
      attribute("email"),
      attribute("tel", { type: "phone", country: "CASE email WHEN '3@x.example' THEN 'D' ELSE 'DE' END" }),
    ],
    numbers.map((_, i) => ({ key: `${i}@x.example`, action: "add" })),
  );
  const faults = numbers.map((_, i) => Number(built[`${i}@x.example`]?.misfits));
  expect(
    faults.map((bindFailure) => [bindFailure % FAULT_STEP, Math.floor(bindFailure / FAULT_STEP)]),
  ).toEqual([
    [1, 0],
    [1, 1],
    [1, 2],
    [1, 3],
  ]);
});

test("a number that several contacts share is not sent as an identifier, and is not a misfit", async () => {
  const phones =
    "SELECT * FROM (VALUES ('a@x.example', '0711 1234567'), ('b@x.example', '0711 7654321'), ('c@x.example', NULL)) AS t(email, tel)";
  const changes = ["a", "b", "c"].map((name) => ({ key: `${name}@x.example`, action: "add" }));
  const sms = [attribute("tel", { type: "phone", country: "'DE'", sms: true, nulls: "clear" })];
  const built = await build(phones, sms, changes, { sharedPhones: ["+497111234567"] });
  expect(built["a@x.example"]).toMatchObject({ payload: "a@x.example|", misfits: "" });
  expect(built["b@x.example"]).toMatchObject({ payload: "b@x.example|+497117654321" });
  expect(built["c@x.example"]).toMatchObject({ payload: "c@x.example|!" });
  const text = [attribute("tel", { type: "phone", country: "'DE'" })];
  expect(
    (await build(phones, text, changes, { sharedPhones: ["+497111234567"] }))["a@x.example"]?.payload,
  ).toBe("a@x.example|+497111234567");
});
