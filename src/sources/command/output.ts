import { lstat, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../../model/failure.js";
import { takeStamp, type FileStamp } from "../../formats/file-stamp.js";
import type { Reading } from "../../plugin/source.js";
import type { CommandSource } from "./command-source.js";
import { environmentOf } from "./environment.js";
import { runProgram, tooLarge, type Program } from "./program.js";
import { takeTrailer } from "./trailer.js";

const PLACE = "{output}";
const MOST_COUNT_BYTES = 64 * 1024;

/** What the program of a source gave, in a file of this run. */
export interface Output {
  /** As it was when the program had ended. */
  readonly stamp: FileStamp;
  /** How many rows it has to have; undefined where nobody counted them. */
  readonly counted: { readonly rows: number; readonly by: "trailer" | "countCommand" } | undefined;
  close(): Promise<void>;
}

/** Where the output of a source lies for a reading. */
export function placeFor(
  { name, format }: CommandSource,
  reading: Reading,
): { folder: string; file: string } {
  const folder = reading.scratch(`output of ${name}`);
  return { folder, file: join(folder, `output.${format}`) };
}

/** Runs the programs of a source, and answers what came of it; throws `Failure` where that may not be the whole. */
export async function takeOutput(source: CommandSource, reading: Reading): Promise<Output> {
  const { command, countCommand, trailer, folder, timeoutSeconds: seconds } = source;
  const { folder: place, file } = placeFor(source, reading);
  const program = { folder, env: environmentOf(source), seconds, signal: reading.signal };
  await rm(place, { recursive: true, force: true });
  await mkdir(place, { mode: 0o700 });
  const count = async (): Promise<number | undefined> =>
    countCommand && countRows({ ...program, words: countCommand }, join(place, "count"));
  const before = await count();
  const byProgram = command.some((word) => word.includes(PLACE));
  const words = command.map((word) => word.replaceAll(PLACE, file));
  await runProgram({ ...program, words }, { path: file, byProgram, mostBytes: reading.scratchBytes });
  await mustBeFile(file, reading.scratchBytes);
  const told = trailer === undefined ? undefined : await takeTrailer(file, trailer);
  const after = await count();
  if (before !== after)
    throw new Failure("transient", "`countCommand` counted other rows before than after it was read.", {
      hint: "Run again when nothing writes to it, or let the program read what stays as it is.",
    });
  if (told !== undefined && after !== undefined && told !== after)
    throw new Failure("invalid", `its \`trailer\` tells of ${told} rows, and \`countCommand\` of ${after}.`, {
      hint: "Both have to count what `command` gives.",
    });
  return {
    stamp: await takeStamp(file),
    counted:
      told !== undefined
        ? { rows: told, by: "trailer" }
        : after !== undefined
          ? { rows: after, by: "countCommand" }
          : undefined,
    close: () => rm(place, { recursive: true, force: true }),
  };
}

/** What it wrote is a file of this run and of a size that was allowed, and there is something in it. */
async function mustBeFile(path: string, mostBytes: number): Promise<void> {
  const info = await lstat(path).catch(() => undefined);
  if (info?.isFile() !== true)
    throw new Failure("invalid", "its program ended without writing the file that `{output}` stands for.", {
      hint: "Run it by hand with a path for `{output}`, and look whether the file is there.",
    });
  if (info.size > mostBytes) throw tooLarge();
  if (info.size === 0)
    throw new Failure("invalid", "its program ended with exit code 0, and gave nothing at all.", {
      hint: "Without anybody in it, the output still has a header, or is written as Parquet.",
    });
}

async function countRows(program: Program, path: string): Promise<number> {
  try {
    await runProgram(program, { path, byProgram: false, mostBytes: MOST_COUNT_BYTES });
    const [, rows] = /(?:^|[\r\n])[ \t"]*(\d+)[ \t"]*\s*$/.exec(await readFile(path, "utf8")) ?? [];
    if (rows === undefined) throw noNumber();
    return Number(rows);
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
    // So much is no number either.
    const { kind, message, hint } = error.kind === "refused" ? noNumber() : error;
    throw new Failure(kind, `\`countCommand\`: ${message}`, hint === undefined ? {} : { hint });
  } finally {
    await rm(path, { force: true });
  }
}

function noNumber(): Failure {
  return new Failure("invalid", "its last line is no number.", {
    hint: "Run it by hand: it has to print how many rows there are.",
  });
}
