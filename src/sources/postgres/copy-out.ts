import { createWriteStream } from "node:fs";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Client, FieldDef } from "pg";
import { Failure } from "../../model/failure.js";
import { loadOptionalPackage } from "../../platform/optional-package.js";
import { identifier } from "../../plugin/relation.js";

/** The columns of a query, without reading a row. The server takes it for one statement or not at all. */
export async function describeQuery(client: Client, query: string): Promise<readonly FieldDef[]> {
  // A parameter, and be it none of the query's, makes the driver prepare it: a prepared text has one statement.
  const { fields } = await client.query({
    text: `SELECT * FROM ${query} WHERE $1::int IS NULL`,
    values: [1],
    rowMode: "array",
  });
  return fields;
}

export interface CopiedRows {
  /** As the server counted them. */
  readonly rows: number;
}

/** Writes these columns of a query to a file as CSV in which every value but NULL is quoted. */
export async function copyOut(
  client: Client,
  query: string,
  columns: readonly string[],
  file: { readonly path: string; readonly mostBytes: number },
  signal: AbortSignal,
): Promise<CopiedRows> {
  const { to } = await loadOptionalPackage(
    "pg-copy-streams",
    "A source in PostgreSQL",
    () => import("pg-copy-streams"),
  );
  const stream = client.query(
    to(
      `COPY (SELECT ${columns.map(identifier).join(", ")} FROM ${query}) TO STDOUT (FORMAT csv, FORCE_QUOTE *, NULL '')`,
    ),
  );
  let bytes = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      done(bytes > file.mostBytes ? tooLarge() : null, chunk);
    },
  });
  await pipeline(stream, limit, createWriteStream(file.path, { flags: "wx", mode: 0o600 }), { signal });
  // The count follows the last row; whoever is answered after it has seen it.
  await client.query("SELECT 1");
  return { rows: stream.rowCount };
}

function tooLarge(): Failure {
  return new Failure("refused", "it has more bytes than `sql.disk` allows.", {
    hint: "Ask for fewer columns or rows with `query`, or allow more.",
  });
}
