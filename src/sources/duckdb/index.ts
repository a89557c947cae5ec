import { basename } from "node:path";
import { Failure } from "../../model/failure.js";
import { FileFault, shownPath } from "../../platform/files/file-fault.js";
import { findPlace } from "../../platform/files/open-project-file.js";
import { isExisting } from "../../platform/files/repository-root.js";
import { identifier, literal } from "../../plugin/relation.js";
import type { SourceContext, SourcePlugin, SourceRead } from "../../plugin/source.js";
import { readDescribedNames } from "../../formats/described-names.js";
import { isAsBefore, newestOf, takeStamp } from "../../formats/file-stamp.js";
import type { DuckdbSource } from "./duckdb-source.js";

/** Profiles in a table or view of a DuckDB database file, opened read-only. */
export const duckdb = {
  async open(source: DuckdbSource, { within, signal }: SourceContext): Promise<SourceRead> {
    const path = await placeFor(source, within);
    const before = await takeStamp(path);
    await checkLog(source, path, within);
    const alias = identifier(`source ${source.name}`);
    const sql = `SELECT * FROM ${source.sql === undefined ? qualified(source.table ?? source.name) : `(\n${source.sql}\n)`}`;
    return {
      files: [path, `${path}.wal`],
      signal,
      attach: [`ATTACH ${literal(path)} AS ${alias} (READ_ONLY)`, `USE ${alias}`],
      detach: ["USE memory", `DETACH ${alias}`],
      columnNames: async (reading) => ({ names: await readDescribedNames(sql, await reading()), all: true }),
      relation: () => Promise.resolve({ sql, withFiles: sql, alone: [], repeated: [], files: [] }),
      untyped: "none",
      // The engine compares the checksum of every block.
      examine: () => Promise.resolve(),
      async seal() {
        if (!(await isAsBefore(before))) {
          throw new Failure(
            "transient",
            `Source "${source.name}": the database changed while it was being read.`,
            {
              hint: "Run again when nothing writes to it.",
            },
          );
        }
        return { proof: "staying as it was while it was read", asOf: newestOf([before]) };
      },
    };
  },
} satisfies SourcePlugin;

async function placeFor({ name, path }: DuckdbSource, within: readonly string[]): Promise<string> {
  try {
    return await findPlace(path, within);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    if (error.reason === "outside")
      throw new Failure("invalid", `Source "${name}": its path leads out of the project folder.`, {
        hint: "Move the file, or list its folder in `allowPaths` of the root config file.",
      });
    throw new Failure(
      "not-found",
      `Source "${name}": there is no database file at its path: ${shownPath(basename(path))} ${error.why}.`,
      { hint: "`path` is relative to the config file that it is in.", cause: error },
    );
  }
}

/** What was written to the database and is not yet in its place, which the engine reads as well. */
async function checkLog(source: DuckdbSource, path: string, within: readonly string[]): Promise<void> {
  const log = `${path}.wal`;
  if (isExisting(log)) await placeFor({ ...source, path: log }, within);
}

/** `main.customers` as `"main"."customers"`. */
function qualified(table: string): string {
  return table.split(".").map(identifier).join(".");
}
