import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import * as actions from "../../../src/reconcile/action.ts";
import * as statuses from "../../../src/reconcile/claim-status.ts";
import { sharedEngine } from "../../support/engine.ts";

const { actionInSql } = actions;
const { statusInSql } = statuses;
const opened = sharedEngine();

/** One key for each word, so that a word that is added to the type is missed here. */
const ACTIONS = Object.keys({
  add: "",
  update: "",
  remove: "",
  refresh: "",
  rejoin: "",
  found: "",
  adopt: "",
  left: "",
  release: "",
  forget: "",
  absent: "",
  waiting: "",
  unresolved: "",
  rejected: "",
  gone: "",
  "opted out": "",
  "address changed after opt-out": "",
  none: "",
} satisfies Record<actions.Action, "">);
const STATUSES = Object.keys({
  member: "",
  left: "",
  unknown: "",
  rejected: "",
  gone: "",
  stranger: "",
} satisfies Record<statuses.ClaimStatus, "">);

/** Which of these words a condition picks. */
async function picked(column: string, words: readonly string[], condition: string): Promise<string[]> {
  const values = words.map((word) => `('${word}')`).join(", ");
  const rows = await opened().engine.rows<{ word: string }>(
    `SELECT ${column} AS word FROM (VALUES ${values}) AS t(${column}) WHERE ${condition}`,
  );
  return rows.map(({ word }) => word);
}

function setsOf(module: object): [string, readonly string[]][] {
  return Object.entries(module).filter((entry): entry is [string, string[]] => Array.isArray(entry[1]));
}

describe("named sets", () => {
  test.each(setsOf(actions))("%s picks its actions and no others", async (_, set) => {
    const words = set as readonly actions.Action[];
    const own = await picked("action", ACTIONS, actionInSql(words));
    expect(own.toSorted()).toEqual(words.toSorted());
    const others = await picked("action", ACTIONS, `NOT ${actionInSql(words, "t")}`);
    expect([...own, ...others].toSorted()).toEqual(ACTIONS.toSorted());
  });

  test.each(setsOf(statuses))("%s picks its statuses and no others", async (_, set) => {
    const words = set as readonly statuses.ClaimStatus[];
    const own = await picked("status", STATUSES, statusInSql(words));
    expect(own.toSorted()).toEqual(words.toSorted());
    expect(await picked("status", STATUSES, statusInSql(words, "t"))).toEqual(own);
  });

  test("an action that a change set is built with is built, known as it is, or decided while it is made ready", () => {
    const { DELIVERED, AS_KNOWN, KEPT_BACK, UNDECIDED } = actions;
    const all = new Set<string>([...DELIVERED, ...AS_KNOWN, ...KEPT_BACK, ...UNDECIDED]);
    expect(ACTIONS.filter((action) => !all.has(action))).toEqual(["refresh", "absent", "none"]);
  });

  test("nobody is put on a list by what is allowed after a no", () => {
    const joining: readonly string[] = actions.JOINING;
    expect(actions.ALLOWED_AFTER_NO.filter((action) => joining.includes(action))).toEqual([]);
  });
});

describe("SQL outside of the room that decides who", () => {
  const words = [...new Set([...ACTIONS, ...STATUSES])].map((word) => `'${word}'`).join("|");
  const bare = new RegExp(
    String.raw`(?<![-\w])(action|status)\b[^'"\`;]{0,60}(${words})|(${words})[^'\`;]{0,60}\bAS (action|status)\b|"(${words})"`,
  );

  test.each([
    "WHERE action = 'add'",
    "WHERE x.action NOT IN ('none', 'left')",
    "AND c.status IS DISTINCT FROM 'gone'",
    "CASE WHEN p.key IS NULL THEN 'waiting' ELSE p.action END AS action",
    "'stranger' AS status",
    `const off = restores ? "'add'" : "'gone'";`,
  ])("the search finds %s", (text) => {
    expect(text).toMatch(bare);
  });

  test.each([
    "WHERE reason = 'opted out'",
    "coalesce(shown, 'unknown')",
    "form-action 'none'",
    'status: "skipped"',
  ])("the search does not find %s", (text) => {
    expect(text).not.toMatch(bare);
  });

  test("names no action and no status of a claim itself", () => {
    const src = fileURLToPath(new URL("../../../src/", import.meta.url));
    const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter(
      (file) => file.endsWith(".ts") && !/^(reconcile|sandbox)\/|\.gen\.ts$/.test(file),
    );
    expect(files.length).toBeGreaterThan(500);
    const found = files.flatMap((file) => {
      const hit = bare.exec(readFileSync(`${src}${file}`, "utf8"));
      return hit === null ? [] : [`${file}: ${hit[0]}`];
    });
    expect(found).toEqual([]);
  });
});
