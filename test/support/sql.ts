import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";

/** Runs `use` with a connection to a fresh database in memory. */
export async function withSql<T>(use: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
  const connection = await instance.connect();
  try {
    await connection.run("set TimeZone = 'UTC'");
    return await use(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Rows of one SELECT as plain objects. */
export async function select(connection: DuckDBConnection, sql: string): Promise<Record<string, unknown>[]> {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRowObjectsJson();
}

/** Rows of a relation of a plug-in. */
export async function rowsOf(relation: { readonly sql: string }): Promise<Record<string, unknown>[]> {
  return withSql((connection) => select(connection, relation.sql));
}
