import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { basename } from "node:path";
import { Failure } from "../../model/failure.js";
import { FileFailure } from "../../plugin/source.js";
import { FileFault, shownPath } from "../../platform/files/file-fault.js";
import { openProjectFile } from "../../platform/files/open-project-file.js";
import { CsvRows } from "./csv-rows.js";
import type { CsvDialect, PlacedPartition } from "./table.js";

const CHUNK = 1024 * 1024;

export interface Copy {
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
}

/**
 * Writes a partition to a file that the engine can read, whatever ends the lines in its values: it takes the first line
 * end of a file for that of all rows. Throws `FileFailure` unless every row is whole.
 */
export async function copyCsv(
  partition: PlacedPartition & { readonly format: CsvDialect },
  names: readonly string[],
  to: { readonly path: string; readonly mostBytes: number; readonly mayLackEnd: boolean },
  signal: AbortSignal,
): Promise<Copy> {
  const rows = new CsvRows(partition.format, names);
  let bytes = 0;
  async function* written(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const counted = (pieces: readonly Buffer[]): readonly Buffer[] => {
      for (const piece of pieces) bytes += piece.length;
      if (bytes > to.mostBytes)
        throw new Failure("refused", "its partitions have more bytes than `sql.disk` allows.", {
          hint: "Allow more.",
        });
      return pieces;
    };
    for await (const chunk of chunks) yield* counted([Buffer.concat(rows.push(chunk))]);
    yield* counted(rows.end(to.mayLackEnd || partition.bytes !== undefined));
  }
  try {
    const { handle } = await openProjectFile(partition.path, [partition.path]);
    await pipeline(
      handle.createReadStream({ highWaterMark: CHUNK }),
      written,
      createWriteStream(to.path, { flags: "wx", mode: 0o600 }),
      { signal },
    );
  } catch (error) {
    throw explain(partition.path, error);
  }
  if (rows.rows === 0 && partition.bytes === undefined)
    throw new Failure(
      "invalid",
      `${shownPath(basename(partition.path))} has no row, and nothing says that it should have none.`,
      {
        hint: "It may have been cut off, or is being written. Copy the folder again.",
      },
    );
  return { path: to.path, rows: rows.rows, bytes };
}

function explain(path: string, error: unknown): unknown {
  if (error instanceof FileFault)
    return new Failure(
      "transient",
      `${shownPath(basename(path))} ${error.why}, and was there a moment ago.`,
      {
        hint: "Run again when nothing writes to the folder.",
        cause: error,
      },
    );
  return error instanceof Failure && error.kind === "invalid" ? new FileFailure(path, error) : error;
}
