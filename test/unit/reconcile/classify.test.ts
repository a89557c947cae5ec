import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { addressesOfPeopleSql } from "../../../src/reconcile/people/earlier-addresses.ts";
import { classifySql, type Classification } from "../../../src/reconcile/classify.ts";
import type { Engine } from "../../../src/engine/engine.ts";
import type { SyncMode } from "../../../src/model/config/export.ts";
import { LEDGER_COLUMNS } from "../../../src/state/people/ledger.ts";
import { sharedEngine } from "../../support/engine.ts";
import { program } from "./support.ts";

const opened = sharedEngine();

interface Claim {
  readonly status: "member" | "left" | "unknown" | "rejected" | "gone";
  readonly reason?: "add" | "update" | "remove";
  readonly delivered: boolean;
  readonly origin: "added" | "found" | "adopted";
}

interface Person {
  readonly key: string;
  readonly claim: Claim | undefined;
  /** Desired with the values recorded, with others, or not (any more), and then why not. */
  readonly desired:
    "same" | "changed" | "no" | "suppressed" | "no consent" | "opted out" | "opted out before";
  readonly seen: "absent" | "on list" | "unsubscribed";
  /** Under the definition last applied, on today's data. */
  readonly before: "same" | "other" | "no";
}

/** As `hashOfIdSql` of the engine's SQL. */
const hashOf = (id: string) => `2.${createHash("sha256").update(id).digest("hex").slice(0, 32)}`;
const hash = (text: string) => `unhex('${createHash("sha256").update(text).digest("hex").slice(0, 32)}')`;
const values = (rows: readonly string[], columns: string, types: string) =>
  rows.length === 0
    ? `SELECT ${types} WHERE false`
    : `SELECT * FROM (VALUES ${rows.map((row) => `(${row})`).join(", ")}) AS t(${columns})`;

let runs = 0;

/** Classifies people as the commands do; the answer by key. */
async function classify(
  engine: Engine,
  people: readonly Person[],
  mode: SyncMode,
  {
    read = false,
    changed = false,
    previous = false,
    reread = false,
    firstRun = false,
    restore = false,
    takenOff = false,
    retryRejected = false,
  } = {},
): Promise<Map<string, { action: string; cause: string; withdrawn: boolean; contact_id: string | null }>> {
  const prefix = `c${(runs += 1)}`;
  const isDesired = ({ desired }: Person) => desired === "same" || desired === "changed";
  const isHeld = ({ desired }: Person) => !isDesired({ desired } as Person) && desired !== "no";
  const table = async (name: string, sql: string) => {
    await engine.run(`CREATE TABLE ${prefix}_${name} AS ${sql}`);
    return `${prefix}_${name}`;
  };
  const profiles = await table(
    "profiles",
    values(
      people
        .filter((one) => isDesired(one) || isHeld(one))
        .map((one, row) => `${row}, '${one.key}', true, NULL::VARCHAR, NULL::VARCHAR, ${hash(one.desired)}`),
      "row, key, ok, person, person_hash, input_hash",
      "0 AS row, '' AS key, true AS ok, NULL::VARCHAR AS person, NULL::VARCHAR AS person_hash, ''::BLOB AS input_hash",
    ),
  );
  const held = await table(
    "held",
    values(
      people
        .filter(isHeld)
        .map(
          ({ key, desired }) =>
            `'${key}', '${desired.replace(" before", "")}', ${desired.endsWith("before")}`,
        ),
      "key, reason, elsewhere",
      "'' AS key, '' AS reason, false AS elsewhere",
    ),
  );
  const losers = await table("losers", "SELECT CAST(0 AS BIGINT) AS row WHERE false");
  const claims = await table(
    "claims",
    `SELECT ${Object.entries(LEDGER_COLUMNS)
      .map(([name, type]) => `NULL::${type} AS ${name}`)
      .join(", ")} WHERE false`,
  );
  const rows = people.flatMap(({ key, claim }) =>
    claim === undefined
      ? []
      : [
          `('weekly', '${key}', ${hash("same")}, ${claim.delivered ? hash("d") : "NULL"}, '${claim.origin}', '${claim.status}', ${claim.reason === undefined ? "NULL" : `'${claim.reason}'`})`,
          // Another export's claim is none of ours.
          `('other', '${key}', ${hash("x")}, ${hash("x")}, 'added', 'member', NULL)`,
        ],
  );
  if (rows.length > 0)
    await engine.run(
      `INSERT INTO ${claims} (export, key, input_hash, delivered_hash, origin, status, reason) VALUES ${rows.join(", ")}`,
    );
  const off = await table(
    "off",
    `SELECT key FROM (VALUES ${people.map(({ key }) => `('${key}')`).join(", ")}) AS t(key)`,
  );
  const observed = await table(
    "observed",
    values(
      people
        .filter(({ seen }) => seen !== "absent")
        .map(
          ({ key, seen }) =>
            `'${key}', 'id of ${key}', ${seen === "unsubscribed" ? "'unsubscribed'" : "NULL"}`,
        ),
      "key, contact_id, opted_out",
      "'' AS key, '' AS contact_id, '' AS opted_out",
    ),
  );
  const old = await table(
    "old",
    values(
      people.filter(({ before }) => before !== "no").map(({ key, before }) => `'${key}', ${hash(before)}`),
      "key, input_hash",
      "'' AS key, ''::BLOB AS input_hash",
    ),
  );
  const input: Classification = {
    exportName: "weekly",
    listId: undefined,
    mode,
    drift: { removed: restore ? "restore" : "respect", values: "restore" },
    strangers: "report",
    retryRejected,
    desired: { profiles, held, losers, suppressed: undefined },
    ofOptedOut: undefined,
    takenOff: takenOff ? off : undefined,
    returned: undefined,
    claims,
    observed: read ? observed : undefined,
    previous: { table: previous ? old : undefined, changed, reread, firstRun },
  };
  const found = await engine.rows<{
    key: string;
    action: string;
    cause: string;
    withdrawn: boolean;
    contact_id: string | null;
  }>(`SELECT key, action, cause, withdrawn, contact_id FROM (${classifySql(input)})`);
  expect(new Set(found.map(({ key }) => key)).size).toBe(found.length);
  return new Map(found.map(({ key, ...rest }) => [key, rest]));
}

const claims: (Claim | undefined)[] = [
  undefined,
  ...(["added", "found", "adopted"] as const).flatMap((origin) =>
    [
      { status: "member", delivered: true },
      { status: "left", delivered: true },
      { status: "unknown", reason: "add", delivered: false },
      { status: "unknown", reason: "update", delivered: true },
      { status: "unknown", reason: "remove", delivered: true },
      { status: "rejected", delivered: false },
      { status: "rejected", delivered: true },
      { status: "gone", delivered: true },
    ].map((claim) => ({ ...claim, origin }) as Claim),
  ),
];
const everyone: Person[] = claims.flatMap((claim, i) =>
  (["same", "changed", "no", "suppressed", "no consent", "opted out", "opted out before"] as const).flatMap(
    (desired) =>
      (["absent", "on list", "unsubscribed"] as const).flatMap((seen) =>
        (["same", "other", "no"] as const).map((before) => ({
          key: `${i}-${desired}-${seen}-${before}`.replaceAll(" ", "_"),
          claim,
          desired,
          seen,
          before,
        })),
      ),
  ),
);

/** What the rules of the design say of one person; undefined: nothing differs. */
function expected({ claim, desired, seen }: Person, mode: SyncMode, restore: boolean): string | undefined {
  const mayUpdate = mode !== "add-only";
  if (desired === "same" || desired === "changed") {
    if (claim === undefined) {
      if (seen === "unsubscribed") return "opted out";
      if (seen === "on list") return mayUpdate ? "update" : "found";
      return "add";
    }
    const update = mayUpdate ? "update" : "none";
    switch (claim.status) {
      case "member":
        return desired === "same" ? undefined : update;
      case "left":
        return desired === "same" || !mayUpdate ? "rejoin" : update;
      case "unknown":
        // Whoever is seen to have unsubscribed since is not brought back by looking again.
        if (seen === "unsubscribed") return "opted out";
        return claim.reason === "update" ? (mayUpdate ? "update" : "rejoin") : "add";
      case "rejected":
        if (seen === "unsubscribed") return "opted out";
        if (desired === "same") return "rejected";
        // Whoever was found on the list, or taken over, is on it whatever became of what we sent.
        return claim.delivered || claim.origin !== "added" ? update : "add";
      case "gone":
        if (seen === "unsubscribed") return "opted out";
        if (seen === "on list") return mayUpdate ? "update" : "rejoin";
        return restore ? "add" : "gone";
    }
  }
  if (claim === undefined) return undefined;
  if (desired === "opted out") return "none";
  // The destination goes on sending to whoever said no to another list, so those whom we put there are taken off.
  if (desired === "opted out before" && claim.origin !== "added") return "none";
  // Whoever was taken off by hand stays off, also when the segments let go in between.
  if (claim.status === "gone") return restore || seen === "on list" ? "forget" : "none";
  if (claim.status === "rejected" && !claim.delivered && claim.origin === "added") return "forget";
  if (desired !== "no") return "remove";
  if (mode === "mirror" && claim.origin !== "found") return "remove";
  return claim.status === "left" ? "none" : "left";
}

describe.each(["add-only", "upsert", "mirror"] as const)("in the mode %s", (mode) => {
  test.each([
    [true, false],
    [false, false],
    [true, true],
  ])("every status meets every wish (list read: %s, restoring: %s)", async (read, restore) => {
    const found = await classify(opened().engine, everyone, mode, { read, restore });
    const wrong = everyone.flatMap((person) => {
      const wanted = expected(read ? person : { ...person, seen: "absent" }, mode, restore);
      const action = found.get(person.key)?.action;
      return action === wanted ? [] : [{ ...person, wanted, action }];
    });
    expect(wrong).toEqual([]);
    for (const person of everyone) {
      const row = found.get(person.key);
      if (row === undefined) continue;
      expect(row.withdrawn, person.key).toBe(
        ["suppressed", "no consent", "opted out before"].includes(person.desired),
      );
      expect(row.contact_id, person.key).toBe(
        read && person.seen !== "absent" ? `id of ${person.key}` : null,
      );
    }
  });

  test("nobody is removed but leavers and withdrawn people, and nobody who opted out is touched", async () => {
    const found = await classify(opened().engine, everyone, mode, { read: true });
    for (const { key, desired, claim } of everyone) {
      const action = found.get(key)?.action;
      if (action === "remove")
        expect(["no", "suppressed", "no consent", "opted out before"], key).toContain(desired);
      if (action === "remove" && desired === "no")
        expect([mode, claim?.origin === "found"]).toEqual(["mirror", false]);
      if (desired === "opted out") expect(["none", undefined], key).toContain(action);
      if (desired === "opted out before" && claim?.origin !== "added")
        expect(["none", undefined], key).toContain(action);
    }
  });
});

test("a person whom somebody took off this list is not added, unless the export restores them", async () => {
  for (const read of [false, true]) {
    const adding = async (restore: boolean): Promise<Person[]> => {
      const found = await classify(opened().engine, everyone, "mirror", { read, restore, takenOff: true });
      return everyone.filter(
        ({ key, seen }) => found.get(key)?.action === "add" && !(read && seen !== "absent"),
      );
    };
    expect(await adding(false)).toEqual([]);
    expect((await adding(true)).length).toBeGreaterThan(0);
  }
});

test("a retry sends rejected people as if their data had changed, and touches nobody else", async () => {
  for (const mode of ["add-only", "upsert", "mirror"] as const) {
    const plain = await classify(opened().engine, everyone, mode, { read: true });
    const retried = await classify(opened().engine, everyone, mode, { read: true, retryRejected: true });
    const differing = everyone.filter(({ key }) => plain.get(key)?.action !== retried.get(key)?.action);
    expect(differing.length).toBeGreaterThan(0);
    for (const person of differing) {
      expect([person.claim?.status, person.desired]).toEqual(["rejected", "same"]);
      expect(retried.get(person.key)?.action).toBe(expected({ ...person, desired: "changed" }, mode, false));
    }
  }
});

describe("the cause", () => {
  const cause = async (options: Parameters<typeof classify>[3], expectedOf: (person: Person) => string) => {
    const found = await classify(opened().engine, everyone, "mirror", { read: true, ...options });
    expect(found.size).toBeGreaterThan(300);
    const wrong = everyone.flatMap((person) => {
      const row = found.get(person.key);
      return row === undefined || row.cause === expectedOf(person) ? [] : [{ ...person, cause: row.cause }];
    });
    expect(wrong).toEqual([]);
  };
  const wished = ({ desired }: Person) => desired === "same" || desired === "changed";

  test("is the config in a first run", () => cause({ firstRun: true }, () => "config"));

  test("is churn while the definition stays, but for those an earlier mode had let stay", () =>
    cause({}, (person) => (!wished(person) && person.claim?.status === "left" ? "config" : "churn")));

  test("is not churn when values were read in another way before", async () => {
    const reread = ({ claim }: Person, otherwise: string) =>
      claim?.status === "member" ? "config" : otherwise;
    await cause({ reread: true }, (person) =>
      wished(person) ? reread(person, "churn") : person.claim?.status === "left" ? "config" : "churn",
    );
  });

  test("is the config when the old definition cannot be evaluated", () =>
    cause({ changed: true }, () => "config"));

  test("is told by the old definition on today's data", () =>
    cause({ changed: true, previous: true }, (person) => {
      const { claim, before } = person;
      if (!wished(person)) return claim?.status === "left" || before !== "no" ? "config" : "churn";
      if (claim === undefined) return before === "no" ? "config" : "churn";
      // Recorded is `same`: what the old definition makes of today's data differs by churn only.
      return before === "same" ? "config" : "churn";
    }));
});

test("a new address of a person who opted out under an earlier one is held back, or taken off if we had added it", async () => {
  const { engine } = opened();
  const person = hashOf("42");
  await engine.run(`CREATE TABLE moved_profiles AS SELECT *, '2.' || left(sha256(nullif(person, '')), 32) AS person_hash FROM (SELECT 0 AS row, 'new@x.example' AS key, true AS ok, '42' AS person, ${hash("a")} AS input_hash
    UNION ALL SELECT 1, 'else@x.example', true, '43', ${hash("a")} UNION ALL SELECT 2, 'none@x.example', true, NULL, ${hash("a")} UNION ALL SELECT 3, 'empty@x.example', true, '', ${hash("a")}
    UNION ALL SELECT 4, 'added@x.example', true, '42', ${hash("a")} UNION ALL SELECT 5, 'found@x.example', true, '42', ${hash("a")})`);
  await engine.run(
    "CREATE VIEW moved_nobody AS SELECT * REPLACE (NULL::VARCHAR AS person_hash) FROM moved_profiles",
  );
  const addresses = (hash: string) =>
    addressesOfPeopleSql(
      engine,
      "moved_persons",
      `SELECT '${hash}' AS person`,
      { profiles: "moved_profiles" },
      program({ person: `"id"` }),
    );
  await engine.run(`CREATE TABLE moved_addresses AS ${await addresses(person)}`);
  // As an older version kept the same id, when the column held decimals.
  const before = createHash("sha256").update("42.0").digest("hex").slice(0, 32);
  const found = await engine.rows(`SELECT * FROM (${await addresses(before)}) ORDER BY 1`);
  expect(found).toEqual(await engine.rows("SELECT * FROM moved_addresses ORDER BY 1"));
  await engine.run(
    "CREATE TABLE moved_held AS SELECT 'old@x.example' AS key, 'opted out' AS reason, false AS elsewhere",
  );
  await engine.run("CREATE TABLE moved_losers AS SELECT CAST(0 AS BIGINT) AS row WHERE false");
  await engine.run(
    `CREATE TABLE moved_claims AS SELECT ${Object.entries(LEDGER_COLUMNS)
      .map(([name, type]) => `NULL::${type} AS ${name}`)
      .join(", ")} WHERE false`,
  );
  await engine.run(
    `INSERT INTO moved_claims (export, key, person, origin, status) VALUES ('weekly', 'old@x.example', '${person}', 'added', 'member'), ('weekly', 'void@x.example', NULL, 'added', 'member')`,
  );
  await engine.run(
    `INSERT INTO moved_claims (export, key, person, input_hash, origin, status) VALUES
      ('weekly', 'added@x.example', '${person}', ${hash("a")}, 'added', 'member'), ('weekly', 'found@x.example', '${person}', ${hash("a")}, 'found', 'member')`,
  );
  const sql = (id: string | undefined) =>
    classifySql({
      exportName: "weekly",
      listId: undefined,
      mode: "mirror",
      drift: { removed: "respect", values: "restore" },
      strangers: "report",
      retryRejected: false,
      desired: {
        profiles: id === undefined ? "moved_nobody" : "moved_profiles",
        held: "moved_held",
        losers: "moved_losers",
        suppressed: undefined,
      },
      ofOptedOut: id === undefined ? undefined : "moved_addresses",
      takenOff: undefined,
      returned: undefined,
      claims: "moved_claims",
      observed: undefined,
      previous: { table: undefined, changed: false, reread: false, firstRun: false },
    });
  const actions = async (id: string | undefined) =>
    engine.rows(`SELECT key, action FROM (${sql(id)}) ORDER BY key`);
  expect(await actions(`"id"`)).toEqual([
    { key: "added@x.example", action: "remove" },
    { key: "else@x.example", action: "add" },
    { key: "empty@x.example", action: "add" },
    { key: "new@x.example", action: "address changed after opt-out" },
    { key: "none@x.example", action: "add" },
    { key: "old@x.example", action: "none" },
    { key: "void@x.example", action: "remove" },
  ]);
  expect(await actions(undefined)).toContainEqual({ key: "new@x.example", action: "add" });
});
