import { beforeAll, describe, expect, test } from "vitest";
import { explainBinding } from "../../../../src/engine/user-sql/binding-error.ts";
import { tellableNames } from "../../../../src/engine/user-sql/names.ts";
import { typeName, typeNames } from "../../../../src/engine/user-sql/type-names.ts";
import { Failure } from "../../../../src/model/failure.ts";
import { sharedEngine } from "../../../support/engine.ts";

const opened = sharedEngine();
beforeAll(async () => {
  const { outer } = opened().engine;
  await outer.run(
    "CREATE TABLE customers AS SELECT 'a@x.example' AS email, 'Anna' AS name, 3 AS spend, DATE '2020-01-01' AS born, ['a'] AS tags, {'k': 1} AS more, 'gold'::ENUM('gold', 'zinc') AS tier",
  );
  await outer.run("CREATE TABLE orders AS SELECT 1 AS id, 'a@x.example' AS email");
});

async function failureOf(sql: string): Promise<Failure> {
  const { outer } = opened().engine;
  const error: unknown = await outer.underLimits("The query", () => outer.rows(sql)).then(() => undefined, (reason: unknown) => reason); // prettier-ignore
  expect(error).toBeInstanceOf(Failure);
  return error as Failure;
}

describe("a fault in SQL is reported with the names in the SQL", () => {
  test.each([
    ["select emial from customers", 'There is no column "emial".'],
    ["select c.emial from customers c", 'There is no column "emial".'],
    ["select c.email from customers", 'SQL: nothing in the query is called "c".'],
    ["select * exclude (nope) from customers", 'There is no column "nope".'],
    ["select * from customers join orders using (spend)", 'There is no column "spend" on both sides of the join.'],
    ["select * from custmers", 'There is no source or segment "custmers".'],
    ["select lowr(email) from customers", 'There is no function "lowr" in the SQL dialect (DuckDB).'],
    ["select email::foo from customers", 'There is no type "foo".'],
    ["select email collate foo from customers", 'There is no collation "foo".'],
    ["select email from customers, orders", 'SQL: more than one table has a column "email".'],
    ["select email, count(*) from customers", 'SQL: column "email" must appear in GROUP BY or be part of an aggregate function.'],
    ["select email from customers having spend > 1", 'SQL: column "spend" must appear in GROUP BY or be part of an aggregate function.'],
    ["select lower(email, 1) from customers", 'SQL: the function "lower" does not take (VARCHAR, INTEGER).'],
    ["select born + email from customers", "SQL: the operator + does not take (DATE, VARCHAR)."],
    ["select more + 1 from customers", "SQL: the operator + does not take (STRUCT, INTEGER)."],
    ["select tier + 1 from customers", "SQL: the operator + does not take arguments of these types."],
    ["select spend like 'x' from customers", "SQL: LIKE does not take (INTEGER, VARCHAR)."],
    ["select spend[1] from customers", "SQL: a function or operator does not take (INTEGER, INTEGER)."],
    ["select case when true then born else spend end from customers", "SQL: values of type INTEGER and DATE do not go together."],
    ["select more.nope from customers", 'SQL: the structure has no key "nope".'],
    ["select tags.nope from customers", "SQL: a field is taken of a value that is not a structure."],
    ["select email from customers where count(*) > 1", "SQL: WHERE cannot contain aggregates."],
    ["select email from customers where row_number() over () = 1", "SQL: WHERE cannot contain window functions."],
    ["select sum(sum(spend)) from customers", "SQL: aggregate functions cannot be nested."],
    ["select email from customers union select id, email from orders", "SQL: both sides of a UNION, INTERSECT or EXCEPT must have the same number of columns."],
    ["select (select id, email from orders) from customers", "SQL: a subquery returns 2 columns where 1 is expected."],
    ["select email from customers order by 9", "SQL: ORDER BY counts further than there are columns."],
    ["select email from customers limit -1", "SQL: LIMIT and OFFSET cannot be negative."],
    ["select email from customers qualify spend > 1", "SQL: QUALIFY needs a window function."],
    ["select * from customers c join orders c using (email)", "SQL: two tables of the query have the same name."],
    ["select * from (values (1, 2)) t(a, b, c)", "SQL: a table is given more column names than it has columns."],
    ["select unnest(spend) from customers", "SQL: UNNEST takes lists and structures only."],
    ["select columns('nope') from customers", "SQL: COLUMNS matches no column."],
    ["select if(spend) from customers", "SQL: a function is given too many or too few arguments."],
    ["select date_part('nope', born) from customers", "The engine reported: Conversion Error."],
    ["select (select email from customers union all select 'x')", "A subquery gives more than one row where the SQL needs one value."],
  ])("%s", async (sql, message) => expect((await failureOf(sql)).message).toBe(message)); // prettier-ignore

  test("but without a name that is not in the SQL, whatever the engine says", () => {
    const said = (text: string): string => {
      const { message, hint } = explainBinding(new Error(text), 'SELECT "Email" FROM crm', ["city"]);
      return `${message} ${hint ?? ""}`;
    };
    expect(said('Binder Error: Referenced column "email" not found')).toContain('no column "Email"');
    for (const text of [
      'Binder Error: Referenced column "canary" not found in FROM clause!\nCandidate bindings: "canary"',
      'Binder Error: Referenced table "canary" not found!',
      'Binder Error: Ambiguous reference to column name "canary" (use: "canary.canary")',
      'Binder Error: column "canary" must appear in the GROUP BY clause',
      "Binder Error: No function matches the given name and argument types 'canary(CANARY, ENUM('canary'))'. You might need",
      "Binder Error: No function matches the given name and argument types 'canary(CANARY)'. You might need",
      "Binder Error: Cannot mix values of type CANARY and ENUM('canary') in CASE expression - an explicit cast",
      "Catalog Error: Table with name canary does not exist!",
      "Catalog Error: Scalar Function with name canary does not exist!",
      "Catalog Error: Type with name canary does not exist!",
      "Binder Error: canary clause cannot contain aggregates!",
      "Binder Error: canary",
      "Canary Error: canary",
      "canary",
    ])
      expect(said(text), text).not.toMatch(/canary/i);
    expect(
      said('Binder Error: Referenced column "x" not found\nCandidate bindings: "crm.City", "x"'),
    ).toContain('There are, among others, the columns "city".');
  });
});

test("a type is reported by its name, without its contents", () => {
  const one = [
    "DECIMAL(9,2)",
    "STRUCT(a INTEGER, b VARCHAR)",
    "ENUM('x')",
    "VARCHAR[]",
    "MAP(VARCHAR, DATE)[3]",
    "x",
  ];
  expect(one.map(typeName)).toEqual(["DECIMAL(9,2)", "STRUCT", "ENUM", "VARCHAR[]", "MAP[]", "another type"]);
  expect(typeNames('STRUCT(a DECIMAL(9,2), b DATE), INTEGER_LITERAL, "NULL"')).toBe("STRUCT, INTEGER, NULL");
  expect(typeNames("ENUM('a), (b')")).toBeUndefined();
});

test.each<[boolean, string[]]>([
  [true, ["email\u200b", "first\u00a0name"]],
  [true, ["email", "First name", "straße", "q1_2024", "address 2"]],
  [false, ["email", "anna@x.example"]],
  [false, ["Anna", "Smith", "1987-03-29"]],
  [false, ["Anna", "+49 170 123"]],
  [false, ["id", "1234567"]],
  [false, ["a\nb"]],
])("names of columns may be shown: %s, %j", (told, names) =>
  expect(tellableNames(names)).toEqual(told ? names : []),
);
