import { Failure } from "../../model/failure.js";
import { foldName } from "../../model/fold-name.js";
import { explainAnyStatement, kindOf } from "../engine-error.js";
import { isNearlySame, KnownNames, findNames } from "./names.js";
import { SqlFault } from "./sql-fault.js";
import { typeName, typeNames } from "./type-names.js";

interface Explanation {
  readonly message: string;
  readonly hint?: string | undefined;
  readonly missing?: true;
}

type Explainer = (match: RegExpExecArray, names: KnownNames) => Explanation;

const said =
  (message: string, hint?: string): Explainer =>
  () => ({ message, hint });

/**
 * What is wrong with a query that does not fit the tables it names. Names and
 * types in the engine's message are looked up, and told in our copy of them.
 */
const BINDING: readonly [RegExp, Explainer][] = [
  [
    /Referenced column "(.+?)" not found/s,
    (match, names) => ({
      message: `There is no column ${names.quoted(match[1]) ?? "of a name in the SQL"}.`,
      hint: similar(match.input, names),
      missing: true,
    }),
  ],
  [
    /Referenced table "(.+?)" not found/s,
    (match, names) => ({ message: `SQL: nothing in the query is called ${names.quoted(match[1]) ?? "that"}.` }),
  ],
  [
    /does not have a column named "(.+?)"/s,
    (match, names) => ({
      message: `There is no column ${names.quoted(match[1]) ?? "of a name in the SQL"}.`,
      missing: true,
    }),
  ],
  [
    /Column "(.+?)" referenced that exists in the SELECT clause/s,
    (match, names) => ({
      message: `There is no column ${names.quoted(match[1]) ?? "of a name in the SQL"}.`,
      hint: "The SELECT itself gives this name to something that comes later.",
      missing: true,
    }),
  ],
  [
    /Column "(.+?)" (?:does not exist on|in (EXCLUDE|REPLACE|RENAME) list not found)/s,
    (match, names) => ({
      message: `There is no column ${names.quoted(match[1]) ?? "of a name in the SQL"}${match[2] === undefined ? " on both sides of the join" : ""}.`,
    }),
  ],
  [
    /Table with name "?([^"\s!]+)"? does not exist/,
    (match, names) => ({
      message: `There is no source or segment ${names.quoted(match[1]) ?? "of a name in the SQL"}.`,
    }),
  ],
  [
    /(?:Function|Macro) with name "?([^"\s!]+)"? does not exist/,
    (match, names) => ({
      message: `There is no ${names.known(match[1]) === undefined ? "operator or function of that name" : `function ${names.quoted(match[1])}`} in the SQL dialect (DuckDB).`,
    }),
  ],
  [
    /Type with name "?([^"\s!]+)"? does not exist/,
    (match, names) => ({ message: `There is no type ${names.quoted(match[1]) ?? "of a name in the SQL"}.` }),
  ],
  [
    /Ambiguous reference to column name "(.+?)"/s,
    (match, names) => ({
      message: `SQL: more than one table has a column ${names.quoted(match[1]) ?? "of a name in the SQL"}.`,
      hint: "Say which is meant, e.g. `customers.email`.",
    }),
  ],
  [
    /[Cc]olumn "?(.+?)"? must appear in the GROUP BY clause/s,
    (match, names) => ({
      message: `SQL: column ${names.quoted(match[1]) ?? "in the SELECT"} must appear in GROUP BY or be part of an aggregate function.`,
      hint: "`any_value(…)` takes any of the group's values.",
    }),
  ],
  [
    /No function matches the given name and argument types '([^(]+)\((.*?)\)'\. You might need/s,
    (match, names) => {
      const types = typeNames(match[2] ?? "");
      return {
        message: `SQL: ${functionName(match[1] ?? "", names)} does not take ${types === undefined ? "arguments of these types" : `(${types})`}.`,
        hint: "Cast the arguments to the types that it takes, e.g. `CAST(… AS VARCHAR)`.",
      };
    },
  ],
  [
    /Cannot (?:mix|compare) values of type (.+?) and (?:type )?(.+?)(?: in .+?)? - an explicit cast/s,
    (match) => ({
      message: `SQL: values of type ${typeName(match[1] ?? "")} and ${typeName(match[2] ?? "")} do not go together.`,
      hint: "Say in `columns` of its source what a column of text holds, or cast one of them to the type of the other.",
    }),
  ],
  [
    /Could not find key "(.+?)" in struct/s,
    (match, names) => ({ message: `SQL: the structure has no key ${names.quoted(match[1]) ?? "of that name"}.` }),
  ],
  [/Cannot extract field/, said("SQL: a field is taken of a value that is not a structure.")],
  [/^(\w+) clause cannot contain (aggregates|window functions)/, ({ 1: clause, 2: what }) => ({ message: `SQL: ${CLAUSES.has(clause ?? "") ? `${clause} ` : "this clause "}cannot contain ${what}.`, hint: what === "aggregates" ? "A condition on groups is in HAVING." : "A condition on window functions is in QUALIFY." })],
  [/aggregate function calls cannot be nested/, said("SQL: aggregate functions cannot be nested.")],
  [/window functions? calls cannot be nested|window functions are not allowed/, said("SQL: window functions cannot be nested.")],
  [/Set operations can only apply/, said("SQL: both sides of a UNION, INTERSECT or EXCEPT must have the same number of columns.")],
  [/Subquery returns (\d{1,5}) columns - expected (\d{1,5})/, (match) => ({ message: `SQL: a subquery returns ${match[1]} columns where ${match[2]} ${match[2] === "1" ? "is" : "are"} expected.` })],
  [/ORDER term out of range/, said("SQL: ORDER BY counts further than there are columns.")],
  [/GROUP BY term out of range/, said("SQL: GROUP BY counts further than there are columns.")],
  [/LIMIT\/OFFSET cannot be negative/, said("SQL: LIMIT and OFFSET cannot be negative.")],
  [/at least one window function must appear/, said("SQL: QUALIFY needs a window function.")],
  [/GROUPING statement cannot be used without groups/, said("SQL: GROUPING needs GROUP BY.")],
  [/[Dd]uplicate (?:alias|CTE name)|Ambiguous reference to table/, said("SQL: two tables of the query have the same name.", "Name them apart, e.g. `FROM customers AS a, customers AS b`.")],
  [/columns available but \d+ columns specified/, said("SQL: a table is given more column names than it has columns.")],
  [/VALUES lists must all be the same length/, said("SQL: the rows of VALUES are not all of the same length.")],
  [/No matching columns found/, said("SQL: COLUMNS matches no column.")],
  [/UNNEST\(\) can only be applied/, said("SQL: UNNEST takes lists and structures only.")],
  [/must be a constant/, said("SQL: an argument of a function must be a constant.")],
  [/Wrong number of arguments/, said("SQL: a function is given too many or too few arguments.")],
  [/Collation with name "?([^"\s!]+)"? does not exist/, (match, names) => ({ message: `There is no collation ${names.quoted(match[1]) ?? "of a name in the SQL"}.` })],
  [/^syntax error/, said("SQL: there is a syntax error.")],
  [/[Cc]ircular reference|recursive/, said("SQL: the query refers to itself in a way that is not possible.")],
]; // prettier-ignore

/** What of these would be right with columns of other types. */
const OF_TYPES =
  /No function matches|Cannot (?:mix|compare) values|Could not find key|Cannot extract field|UNNEST\(\) can only|must be a constant/;

const CLAUSES = new Set(["WHERE", "HAVING", "GROUP", "JOIN", "QUALIFY", "LIMIT", "ON"]);

/** Explains an error of people's SQL before any data is read. `columns`: those of sources that may be told. */
export function explainBinding(
  error: unknown,
  sql: string,
  columns: readonly string[],
  repeated: readonly string[] = [],
): Failure {
  if (error instanceof Failure) return error;
  const anywhere = explainAnyStatement(error);
  if (anywhere !== undefined) return anywhere;
  const text = error instanceof Error ? error.message : String(error);
  const [, about] = /^(?:Binder|Catalog|Parser|Syntax) Error: ([\s\S]*)$/.exec(text) ?? [];
  if (about !== undefined) {
    const twice = repeatedColumn(about, repeated);
    if (twice !== undefined) return twice;
    const names = new KnownNames([...findNames(sql), ...columns]);
    for (const [pattern, tell] of BINDING) {
      const match = pattern.exec(about);
      if (match === null) continue;
      const { message, hint, missing } = tell(match, names);
      return new SqlFault(message, {
        hint,
        name: names.known(match[1]),
        missing,
        dependsOnTypes: OF_TYPES.test(about),
      });
    }
  }
  const [message] = kindOf(text);
  return new SqlFault(message, {
    hint: "It is in the SQL itself, before any data is read: look at its names, types and functions.",
    dependsOnTypes: true,
  });
}

/** Columns of one name are left out of their source. */
function repeatedColumn(about: string, repeated: readonly string[]): Failure | undefined {
  const [, missing] = /(?:Referenced column|does not have a column named) "(.+?)"/s.exec(about) ?? [];
  const name = missing === undefined ? undefined : new KnownNames(repeated).quoted(missing);
  if (name === undefined) return undefined;
  return new SqlFault(`More than one column is called ${name}.`, {
    hint: "Nobody can tell which is meant. Give them different names where the file is written; only upper and lower case is no difference.",
    name: missing,
    missing: true,
  });
}

/** Of the columns that the engine offers, those that are known: it offers any where there are few. */
function similar(message: string, names: KnownNames): string | undefined {
  const offered = /Candidate bindings: (.+)/.exec(message)?.[1] ?? "";
  const [, missing = ""] = /Referenced column "(.+?)" not found/s.exec(message) ?? [];
  const known = [...offered.matchAll(/"((?:[^"]|"")+)"/g)].flatMap(
    ([, name = ""]) => names.known(name) ?? names.known(name.split(".").at(-1)) ?? [],
  );
  const others = known.filter((name) => foldName(name) !== foldName(missing));
  const alike = others.filter((name) => isNearlySame(name, missing));
  const told = (some: readonly string[]): string =>
    some.flatMap((name) => names.quoted(name) ?? []).join(", ");
  if (alike.length > 0) return `Columns with a similar name: ${told(alike)}.`;
  return others.length === 0 ? undefined : `${OTHERS} ${told(others)}.`;
}

/** How a hint begins that tells columns, although none of them is probably meant. */
export const OTHERS = "There are, among others, the columns";

function functionName(name: string, names: KnownNames): string {
  if (/^!?~~\*?$/.test(name)) return "LIKE";
  if (/^[-+*/%<>=!~&|^@#]{1,3}$/.test(name)) return `the operator ${name}`;
  const known = names.quoted(name);
  return known === undefined ? "a function or operator" : `the function ${known}`;
}
