import { stat } from "node:fs/promises";
import { Failure } from "../../model/failure.js";
import type { DuckdbSource } from "../../model/source.js";
import { mayRead } from "../../platform/is-within.js";
import { identifier, literal } from "../../plugin/relation.js";
import type { SourcePlugin } from "../../plugin/source.js";

/** Profiles in a table or view of a DuckDB database file, opened read-only. */
export const duckdb: SourcePlugin<DuckdbSource> = {
  type: "duckdb",
  async open(source, { within }) {
    if (!(await mayRead(source.path, within)))
      throw new Failure("invalid", `Source "${source.name}": its path leads out of the project folder.`, {
        hint: "Move the file, or list its folder in `allowPaths` of the root config file.",
      });
    const info = await stat(source.path).catch(() => undefined);
    if (info?.isFile() !== true)
      throw new Failure("not-found", `Source "${source.name}": there is no database file at its path.`);
    const alias = identifier(`source ${source.name}`);
    return {
      files: [source.path, `${source.path}.wal`],
      attach: [`ATTACH ${literal(source.path)} AS ${alias} (READ_ONLY)`, `USE ${alias}`],
      detach: ["USE memory", `DETACH ${alias}`],
      relation: {
        sql: `SELECT * FROM ${source.sql === undefined ? qualified(source.table ?? source.name) : `(\n${source.sql}\n)`}`,
      },
      untyped: "none",
      async seal() {
        const after = await stat(source.path);
        if (after.size !== info.size || after.mtimeMs !== info.mtimeMs) {
          throw new Failure(
            "transient",
            `Source "${source.name}": the database changed while it was being read.`,
            {
              hint: "Run again when nothing writes to it.",
            },
          );
        }
      },
    };
  },
};

/** `main.customers` as `"main"."customers"`. */
function qualified(table: string): string {
  return table.split(".").map(identifier).join(".");
}
