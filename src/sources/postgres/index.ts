import type { Client, FieldDef } from "pg";
import { Failure } from "../../model/failure.js";
import { foldName } from "../../model/fold-name.js";
import { counted } from "../../model/words/counted.js";
import { exactPath, identifier, literal } from "../../plugin/relation.js";
import type {
  Reading,
  SourceContext,
  SourcePlugin,
  SourceRead,
  SourceRelation,
  ValueType,
} from "../../plugin/source.js";
import { valueTypeOf } from "./column-types.js";
import { copyOut, describeQuery } from "./copy-out.js";
import { explainSourceError } from "./errors.js";
import type { PostgresSource } from "./postgres-source.js";
import { refuseReplacedTables } from "./same-tables.js";
import { openSession, type Session } from "./session.js";

/** Profiles in a table or query of a PostgreSQL database. */
export const postgres = {
  open(source: PostgresSource, context: SourceContext): Promise<SourceRead> {
    return Promise.resolve(new PostgresRead(source, context));
  },
} satisfies SourcePlugin;

class PostgresRead implements SourceRead {
  readonly files = [];
  readonly attach = [];
  readonly detach = [];
  readonly untyped = "none";
  readonly signal: AbortSignal;
  readonly #source: PostgresSource;
  readonly #context: SourceContext;
  #told: { readonly rows: number; readonly session: Session } | undefined;

  constructor(source: PostgresSource, context: SourceContext) {
    this.#source = source;
    this.#context = context;
    this.signal = context.signal;
  }

  columnNames(): ReturnType<SourceRead["columnNames"]> {
    return this.#ask(async ({ client }) => {
      const fields = await this.#describe(client);
      return { names: uniqueNames(fields).names, all: true };
    });
  }

  relation(reading: Reading): Promise<SourceRelation> {
    return this.#ask(async (session) => {
      const query = rowsSql(this.#source);
      const fields = await this.#describe(session.client);
      const { names, repeated } = uniqueNames(fields);
      if (names.length === 0) throw new Failure("invalid", "it has no column.");
      const path = reading.scratch(`${this.#source.name}.csv`);
      const file = { path, mostBytes: reading.scratchBytes };
      const { rows } = await copyOut(session.client, query, names, file, this.signal);
      await refuseReplacedTables(session.client);
      this.#told = { rows, session };
      const types = statedTypes(fields, names);
      const sql = csvSql(path, names, types);
      return { sql, withFiles: sql, alone: [], repeated, files: [], types };
    });
  }

  examine(): Promise<void> {
    return Promise.resolve();
  }

  seal(rows: number): ReturnType<SourceRead["seal"]> {
    const told = this.#told;
    if (told?.rows !== rows)
      throw new Failure(
        "invalid",
        `the database gave ${counted(told?.rows ?? 0, "row")}, and ${rows} arrived.`,
        { hint: "Run the command again; if it stays so, report it." },
      );
    const { position, asOf } = told.session;
    return Promise.resolve({ proof: "the row count of the database", snapshot: position, asOf });
  }

  /** Work in the one transaction of all sources of this database and timeout. */
  async #ask<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    const { secrets, shared } = this.#context;
    const { name, timeoutSeconds } = this.#source;
    const { url } = secrets;
    if (url === undefined) throw new Failure("invalid", "it has no `url`.");
    try {
      const session = await shared.use(`postgres ${url.reveal()}`, () =>
        openSession(url, `sources.${name}.url`, this.signal),
      );
      return await session.inTurn(timeoutSeconds, () => work(session));
    } catch (error) {
      throw explainSourceError(error, this.signal, { beforeRows: false });
    }
  }

  async #describe(client: Client): Promise<readonly FieldDef[]> {
    try {
      return await describeQuery(client, rowsSql(this.#source));
    } catch (error) {
      throw explainSourceError(error, this.signal, { beforeRows: true });
    }
  }
}

/** What stands after FROM. */
function rowsSql({ name, table = name, query }: PostgresSource): string {
  if (query !== undefined) return `(\n${query.replace(/;\s*$/, "")}\n) AS "rows"`;
  return table.split(".").map(identifier).join(".");
}

/** Names that one column has, and those that several have, which nobody can ask for. */
function uniqueNames(fields: readonly FieldDef[]): { names: readonly string[]; repeated: readonly string[] } {
  const counts = new Map<string, number>();
  for (const { name } of fields) counts.set(foldName(name), (counts.get(foldName(name)) ?? 0) + 1);
  const all = [...new Set(fields.map(({ name }) => name))];
  const isOne = (name: string): boolean => counts.get(foldName(name)) === 1;
  return { names: all.filter(isOne), repeated: all.filter((name) => !isOne(name)) };
}

function statedTypes(fields: readonly FieldDef[], names: readonly string[]): Record<string, ValueType> {
  const types = fields.flatMap((field): [string, ValueType][] => {
    const type = names.includes(field.name) ? valueTypeOf(field) : undefined;
    return type === undefined ? [] : [[field.name, type]];
  });
  return Object.fromEntries(types);
}

/** What `copyOut` wrote. */
function csvSql(path: string, names: readonly string[], types: Readonly<Record<string, ValueType>>): string {
  const columns = names.map((name) => `${literal(name)}: 'VARCHAR'`).join(", ");
  const items = names.map((name) => {
    const column = identifier(name);
    if (types[name] !== "BOOLEAN") return column;
    return `CASE ${column} WHEN 't' THEN 'true' WHEN 'f' THEN 'false' ELSE ${column} END AS ${column}`;
  });
  const options = [
    "auto_detect = false",
    "header = false",
    // Other line ends are in values.
    "new_line = '\\n'",
    "delim = ','",
    `quote = '"'`,
    `escape = '"'`,
    "nullstr = ''",
    "allow_quoted_nulls = false",
    "strict_mode = true",
    `columns = {${columns}}`,
  ];
  return `SELECT ${items.join(", ")} FROM read_csv(${literal(exactPath(path))}, ${options.join(", ")})`;
}
