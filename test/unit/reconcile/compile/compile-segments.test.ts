import { approvalsOf } from "../../../../src/config/normalise/approvals.js";
import { storeOf } from "../../../../src/config/normalise/store.js";
import { describe, expect, test } from "vitest";
import { compileExport } from "../../../../src/reconcile/compile/compile-export.ts";
import { compileSegments } from "../../../../src/reconcile/compile/compile-segments.ts";
import { columnOrExpressionSql, valueExpressionSql } from "../../../../src/reconcile/compile/expression.ts";
import { withSegmentsSql } from "../../../../src/reconcile/desired/desired-sql.ts";
import { checkSelect } from "../../../../src/engine/user-sql/user-sql.ts";
import type { Config } from "../../../../src/model/config/config.ts";
import type { Export } from "../../../../src/model/config/export.ts";
import type { Segment } from "../../../../src/model/config/segment.ts";
import type { Source } from "../../../../src/model/config/source.ts";
import type { Binding } from "../../../../src/plugin/codec.ts";
import { sharedEngine } from "../../../support/engine.ts";
import { program } from "../support.ts";

const opened = sharedEngine();

function segment(name: string, from: Segment["from"], more: Partial<Segment> = {}): [string, Segment] {
  return [
    name,
    { name, from, email: undefined, orderBy: undefined, exclude: [], allowEmpty: false, ...more },
  ];
}
const where = (source: string, condition?: string): Segment["from"] => ({
  kind: "where",
  source,
  where: condition,
});
const sql = (text: string): Segment["from"] => ({ kind: "sql", sql: text });

function config(segments: [string, Segment][], more: Partial<Config> = {}): Config {
  return {
    folder: "/",
    environment: undefined,
    timezone: "UTC",
    state: {
      store: storeOf(undefined, { folder: "/", secrets: "/", environment: undefined }),
      lockTtlSeconds: 60,
      encryption: undefined,
      retention: { unreferencedSeconds: 1, historySeconds: 1 },
    },
    forget: undefined,
    allowPaths: [],
    secretFiles: [],
    sql: { timeoutSeconds: 300, totalSeconds: 7200, memory: "800MB", threads: 2, disk: "20GB" },
    approvals: approvalsOf(undefined),
    roles: undefined,
    policies: new Map(),
    connections: new Map(),
    sources: new Map([["crm", {} as Source], ["shop", {} as Source]]), // prettier-ignore
    segments: new Map(segments),
    suppressions: [],
    exports: new Map(),
    disabled: new Set(),
    moved: [],
    removed: [],
    notifiers: new Map(),
    ...more,
  };
}

/** Tables as the commands find them: by parsing. */
async function tables(of: Config): Promise<(segment: Segment) => readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const { name, from } of of.segments.values())
    found.set(
      name,
      from.kind === "sql"
        ? (await checkSelect(opened().engine, from.sql)).tables
        : from.kind === "where"
          ? [from.source]
          : [],
    );
  return ({ name }) => found.get(name) ?? [];
}

/** Ids of a segment's rows. */
async function ids(of: Config, wanted: string): Promise<number[]> {
  const { views } = compileSegments(of, [wanted], await tables(of));
  const rows = await opened().engine.outer.rows<{ id: number }>(
    `${withSegmentsSql(program({ views }))} SELECT id FROM "${wanted}" ORDER BY id`,
  );
  return rows.map(({ id }) => id);
}

describe("segments", () => {
  const people = `(VALUES (1, 'a@x.example', 'DE'), (2, ' B@x.example', 'AT'), (3, NULL, 'DE'), (4, 'not one', 'DE'), (5, 'c@x.example', 'DE')) AS t(id, email, country)`;
  test("by condition, by query over sources and segments, and without excluded addresses", async () => {
    await opened().engine.outer.run(`CREATE OR REPLACE VIEW crm AS SELECT * FROM ${people}`);
    const of = config([
      segment("all", where("crm")),
      segment("germans", where("crm", "country = 'DE' -- only")),
      segment("ended", sql("select * from germans where id = 1;\n")),
      segment("few", sql("select * from germans where id < 5 -- few")),
      segment(
        "staff",
        sql("select 9 as id, 'x' as email, 'b@x.example' as mail union all select 9, 'y', 'A@X.EXAMPLE'"),
        { email: "mail" },
      ),
      segment("nobody", sql("select 9 as id, cast(null as varchar) as email")),
      segment("rest", where("crm"), { exclude: ["staff"] }),
      segment("most", where("crm"), { exclude: ["nobody"] }),
      segment("neither", where("crm"), { exclude: ["staff", "germans", "nobody"] }),
    ]);
    expect(await ids(of, "all")).toEqual([1, 2, 3, 4, 5]);
    expect(await ids(of, "germans")).toEqual([1, 3, 4, 5]);
    expect(await ids(of, "few")).toEqual([1, 3, 4]);
    expect(await ids(of, "ended")).toEqual([1]);
    expect(await ids(of, "rest")).toEqual([3, 4, 5]);
    // Nobody's missing address is anybody's.
    expect(await ids(of, "most")).toEqual([1, 2, 3, 4, 5]);
    expect(await ids(of, "neither")).toEqual([3]);
  });

  test("whose address is an expression", async () => {
    await opened().engine.outer.run(`CREATE OR REPLACE VIEW crm AS SELECT * FROM ${people}`);
    const of = config([
      segment("staff", sql("select 9 as id, 'b' as login"), { email: "login || '@x.example'" }),
      segment("rest", where("crm"), { email: "coalesce(email, 'b@x.example')", exclude: ["staff"] }),
    ]);
    expect(await ids(of, "rest")).toEqual([1, 4, 5]);
  });

  test("come after what they build on, each once", async () => {
    const of = config([
      segment("a", sql("select * from b join c using (id)"), { exclude: ["d"] }),
      segment("b", sql("select * from c")),
      segment("c", where("crm")),
      segment("d", { kind: "addresses", path: "/d.csv", column: undefined }),
      segment("unused", where("shop")),
    ]);
    const { views, sources } = compileSegments(of, ["a", "b"], await tables(of));
    expect(views.map(({ name }) => name)).toEqual(["c", "b", "d", "a"]);
    expect([...sources].sort()).toEqual(["addresses of d", "crm"]);
  });

  test.each<[string, [string, Segment][], RegExp]>([
    [
      "in a circle",
      [segment("a", sql("select * from b")), segment("b", where("crm"), { exclude: ["a"] })],
      /a → b → a/,
    ],
    ["of themselves", [segment("a", sql("select * from a"))], /a → a/],
    [
      "of themselves behind a CTE of the name",
      [segment("a", sql("with a as (select * from a) select * from a"))],
      /a → a/,
    ],
    [
      "over nothing known",
      [segment("a", sql("select * from nowhere"))],
      /"nowhere".*neither a source nor a segment/,
    ],
    ["over the engine's tables", [segment("a", sql("select * from main.e0_profiles"))], /e0_profiles/],
    ["without one that is excluded", [segment("a", where("crm"), { exclude: ["z"] })], /no segment "z"/],
  ])("%s are refused", async (_what, segments, message) => {
    const of = config(segments);
    const named = await tables(of);
    expect(() => compileSegments(of, ["a"], named)).toThrow(message);
  });
});

describe("expressions", () => {
  test.each([
    ["email", '"email"'],
    ["_größe2", '"_größe2"'],
    ["lower(mail)", "(\nlower(mail)\n)"],
    ["a -- b", "(\na -- b\n)"],
    ['"two words"', '(\n"two words"\n)'],
  ])("%s", (text, compiled) => expect(columnOrExpressionSql(text)).toBe(compiled));

  test("constants keep their kind", () => {
    expect(valueExpressionSql({ constant: "it's" })).toBe("'it''s'");
    expect(valueExpressionSql({ constant: 7 })).toBe("7");
    expect(valueExpressionSql({ constant: -0.5 })).toBe("-0.5");
    expect(valueExpressionSql({ constant: true })).toBe("true");
    expect(valueExpressionSql({ column: 'odd "name"' })).toBe('"odd ""name"""');
  });
});

describe("an export", () => {
  const binding = (more: Partial<Binding["attribute"]>, field: Partial<Binding["field"]> = {}): Binding => ({
    attribute: {
      name: "phone",
      value: { column: "tel" },
      type: undefined,
      nulls: "leave",
      createMissing: false,
      choices: [],
      phone: undefined,
      ...more,
    },
    field: { id: "1", name: "PHONE", type: "text", writable: true, choices: ["x"], maxLength: 9, ...field },
    type: "phone",
    create: false,
    column: "a0",
    clear: "c0",
  });
  const wanted: Export = {
    name: "weekly",
    displayName: undefined,
    connection: "news",
    whenDisconnected: "error",
    list: { id: "7" },
    segments: ["germans"],
    match: { email: "lower(mail)", id: "customer id" },
    consent: "ok",
    attributes: [],
    mode: "mirror",
    schedule: undefined,
    whenStale: "skip",
    drift: { removed: "respect", values: "restore" },
    strangers: "report",
    safeguards: {
      maxProfiles: undefined,
      maxRemovals: { count: undefined, share: undefined },
      maxWithdrawals: { count: undefined, share: undefined },
      maxAdds: { count: undefined, share: undefined },
      maxStrangerRemovals: { count: 0, share: undefined },
      minSourceRows: undefined,
      allowEmpty: false,
    },
    readBack: "all",
    protect: undefined,
  };

  test("compiles to its program", async () => {
    const of = config(
      [
        segment("germans", where("crm"), { orderBy: "n DESC" }),
        segment("complaints", where("shop"), { email: "mail" }),
        segment("staff", where("shop")),
      ],
      {
        suppressions: ["complaints"],
        connections: new Map([
          ["news", { suppressions: ["staff", "complaints"] }],
        ]) as unknown as Config["connections"],
      },
    );
    const compiled = compileExport(of, wanted, [binding({})], await tables(of));
    expect(compiled).toMatchObject({
      segments: [{ view: "germans", orderBy: "n DESC" }],
      email: "(\nlower(mail)\n)",
      person: "(\ncustomer id\n)",
      consent: '"ok"',
      suppressions: [
        { view: "complaints", email: '"mail"' },
        { view: "staff", email: '"email"' },
      ],
      attributes: [{ name: "phone", field: "PHONE", sql: '"tel"', choices: ["x"], maxLength: 9, sms: false }],
    });
    expect(compiled.sources).toEqual(["crm", "shop"]);
  });

  test.each<[Binding["attribute"]["phone"], Record<string, unknown>, string | null]>([
    [undefined, { land: "AT" }, null],
    [{ countryColumn: "land", defaultCountry: undefined, as: "text" }, { land: " AT " }, "AT"],
    [{ countryColumn: "land", defaultCountry: undefined, as: "text" }, { land: "" }, null],
    [{ countryColumn: "land", defaultCountry: "DE", as: "text" }, { land: "  " }, "DE"],
    [{ countryColumn: "land", defaultCountry: "DE", as: "text" }, { land: "AT" }, "AT"],
    [{ countryColumn: undefined, defaultCountry: "it's", as: "sms" }, { land: "AT" }, "it's"],
  ])("takes a phone's country from %j", async (phone, row, country) => {
    const of = config([segment("germans", where("crm"))]);
    const [attribute] = compileExport(of, wanted, [binding({ phone })], await tables(of)).attributes;
    expect(attribute?.sms).toBe(phone?.as === "sms");
    expect(
      await opened().engine.outer.rows(
        `SELECT ${attribute?.country ?? ""} AS k FROM (SELECT '${String(row["land"])}' AS land)`,
      ),
    ).toEqual([{ k: country }]);
  });
});
