import { describe, expect, test } from "vitest";
import { keepsAddress } from "../../../../src/reconcile/written/kept-address.ts";
import { keepsColumn } from "../../../../src/engine/user-sql/kept-column.ts";
import { parseSelect } from "../../../../src/engine/user-sql/user-sql.ts";
import { sharedEngine } from "../../../support/engine.ts";
import { program } from "../support.ts";

const opened = sharedEngine();

async function keeps(sql: string): Promise<boolean> {
  return keepsColumn(await parseSelect(opened().engine, sql), "email", () => Promise.resolve(true));
}

describe("an address stands as it does in its source", () => {
  test.each([
    "from crm",
    "select * from crm where lower(name) = 'x'",
    "select email, upper(name) as name, count(*) as n from crm group by all",
    "select EMAIL from crm",
    "select mail as email from crm",
    "select c.*, o.total from crm as c join orders as o using (id)",
    "select c.email, sum(o.total) as spend from crm c left join orders o on o.id = c.id group by all",
    "select * exclude (name) from crm",
    "select crm.* from crm, orders",
    "with a as (select * from crm), b as (select email, id from a) select b.* from b",
    "with a as (select mail as email from crm) select * from (select * from a) as x",
    "select email, 'de' as country from crm union all select mail, 'at' from crm",
    "from crm union by name from shop",
    "select *, row_number() over (order by id) as n from crm qualify n = 1",
    "select distinct on (id) email, id from crm order by updated_at",
    "select email, (select max(total) from orders) as most from crm",
  ])("%s", async (sql) => expect(await keeps(sql)).toBe(true));
});

describe("an address is computed, or may be", () => {
  test.each([
    "select 'x@' || replace(email, '@', '.at.') || '.evil.example.com' as email from crm",
    "select lower(email) as email from crm",
    "select * replace (lower(email) as email) from crm",
    "select * rename (note as email) from (select *, lower(email) as note from crm)",
    "select * exclude (email), lower(email) as email from crm",
    "select lower(mail) as m, m as email from crm",
    "select email as mail, mail as email from crm",
    "select s.email from (select {'email': lower(mail)} as s from crm)",
    "select unnest({'email': lower(mail)}) from crm",
    "select (s).email from (select {'email': lower(mail)} as s from crm)",
    "select email from (select lower(mail) from crm) as t(email)",
    "with t(email) as (select lower(mail) from crm) from t",
    "with crm as (select lower(email) as email from crm) from crm",
    "with a as (with b as (select lower(email) as email from crm) from b) select email from a",
    "select email from crm union all select lower(mail) from crm",
    "select id, email from crm union all select email, id || lower(email) from crm",
    "from crm union by name select lower(mail) as email from crm",
    "with recursive r as (select email from crm union select lower(email) from r) from r",
    "select columns(c -> c like 'email')::varchar from crm",
    "select columns(*) || 'x' from crm",
    "select email from crm, (select lower(mail) as email from crm) as x",
    "select x.email from crm, (select lower(mail) as email from crm) as x",
    "select x.email from crm, lateral (select lower(crm.mail) as email) as x",
    "select email from (values ('x@x.example')) as t(email)",
    "select email from unnest(['a@x.example']) as t(email)",
    "select email from crm pivot (max(lower(email)) as email for name in ('a'))",
    "select #1 as email from crm",
    "select #1 from crm",
    "select nobody from crm",
  ])("%s", async (sql) => expect(await keeps(sql)).toBe(false));
});

describe("an export keeps addresses where all of its segments do", () => {
  const of = (email: string, ...sql: string[]) =>
    keepsAddress(
      opened().engine,
      program({
        email,
        views: sql.map((text, index) => ({ name: `s${index}`, sql: text })),
        segments: [{ view: `s${sql.length - 1}`, orderBy: undefined }],
      }),
      (table) => Promise.resolve(table !== "computing"),
    );

  test("through segments that build on others", async () => {
    expect(await of(`"email"`, "SELECT * FROM crm", "SELECT * FROM (select email from s0) AS query")).toBe(
      true,
    );
    expect(await of(`"email"`, "SELECT lower(email) AS email FROM crm", "SELECT * FROM s0")).toBe(false);
    expect(await of(`"mail"`, "SELECT lower(email) AS email, mail FROM crm", "SELECT * FROM s0")).toBe(true);
    expect(await of(`"email"`, "SELECT * FROM computing", "SELECT * FROM s0")).toBe(false);
  });

  test("an expression makes one", async () => {
    expect(await of("(\nlower(email)\n)", "SELECT * FROM crm")).toBe(false);
    expect(await of(`"e""mail"`, "SELECT * FROM crm")).toBe(true);
  });

  test("many that each name the one before twice are looked at once", async () => {
    const chain = Array.from(
      { length: 40 },
      (_, place) => `SELECT a.* FROM s${place} AS a JOIN s${place} AS b USING (id)`,
    );
    expect(await of(`"email"`, "SELECT * FROM crm", ...chain)).toBe(true);
    const ctes = chain.map((sql, place) => `s${place + 1} AS (${sql})`).join(", ");
    expect(await of(`"email"`, "SELECT * FROM crm", `WITH ${ctes} SELECT * FROM s40`)).toBe(true);
  });
});
