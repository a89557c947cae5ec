import { copyFile, link, mkdir, rm } from "node:fs/promises";
import { checkComplete, checkSound, proofOf } from "../../formats/completeness.js";
import { UNTYPED } from "../../formats/file-format.js";
import { takeStamp, type FileStamp } from "../../formats/file-stamp.js";
import { checkUtf8 } from "../../formats/check-utf8.js";
import { examineFiles } from "../../formats/relation.js";
import { findSeenColumns } from "../../formats/seen-columns.js";
import { Failure } from "../../model/failure.js";
import { counted as countedInWords } from "../../model/words/counted.js";
import type { Completeness, Reading, SourceContext, SourcePlugin, SourceRead } from "../../plugin/source.js";
import type { CommandSource } from "./command-source.js";
import { placeFor, takeOutput, type Output } from "./output.js";

/** Profiles that a program gives. */
export const command = {
  open(source: CommandSource, context: SourceContext): Promise<SourceRead> {
    return Promise.resolve(new CommandRead(source, context));
  },
} satisfies SourcePlugin;

class CommandRead implements SourceRead {
  readonly files = [];
  readonly attach = [];
  readonly detach = [];
  readonly untyped: SourceRead["untyped"];
  readonly signal: AbortSignal;
  readonly #source: CommandSource;
  readonly #context: SourceContext;
  #read: { readonly output: Output; readonly stamp: FileStamp } | undefined;

  constructor(source: CommandSource, context: SourceContext) {
    this.#source = source;
    this.#context = context;
    this.signal = context.signal;
    this.untyped = UNTYPED[source.format];
  }

  async columnNames(reading: () => Promise<Reading>): ReturnType<SourceRead["columnNames"]> {
    const { rules, format } = this.#source;
    // They are known without a program that may take minutes.
    if (rules.columnNames !== undefined) return { names: rules.columnNames, all: true };
    const engine = await reading();
    const { path } = await this.#take(engine);
    return findSeenColumns(this.#source, format, [path], () => Promise.resolve(engine));
  }

  async relation(reading: Reading): ReturnType<SourceRead["relation"]> {
    const { path } = await this.#take(reading);
    return examineFiles(this.#source, this.#source.format, [path], reading);
  }

  async examine(): Promise<void> {
    if (this.#read === undefined) return;
    const { stamp } = this.#read;
    await checkSound(this.#source.name, stamp, this.#source.format, this.signal);
    if (this.#source.format !== "parquet") await checkUtf8(this.#source, stamp.path);
  }

  async seal(rows: number): Promise<Completeness> {
    if (this.#read === undefined) throw new Failure("invalid", "its program was not run.");
    const { output, stamp } = this.#read;
    const { format } = this.#source;
    await checkComplete(this.#source, stamp, format, this.signal);
    const { counted } = output;
    if (counted === undefined)
      return { proof: `exit code 0 and ${proofOf(this.#source, [stamp.path], format)}` };
    if (counted.rows !== rows)
      throw new Failure(
        "invalid",
        `its \`${counted.by}\` tells of ${countedInWords(counted.rows, "row")}, and ${rows} arrived.`,
        {
          hint: "Run the program by hand and count: what was read may lack some, or the number counts something else.",
        },
      );
    return { proof: `the row count of its \`${counted.by}\`` };
  }

  /** The output, where this reading can reach it. The programs run once for all that is read together. */
  async #take(reading: Reading): Promise<FileStamp> {
    const source = this.#source;
    const { command, countCommand, trailer, passEnv, folder, timeoutSeconds, format } = source;
    const key = JSON.stringify([
      "command",
      folder,
      command,
      countCommand,
      trailer,
      passEnv,
      timeoutSeconds,
      format,
    ]);
    const output = await this.#context.shared.use(key, () => takeOutput(source, reading));
    const { folder: place, file } = placeFor(source, reading);
    let { stamp } = output;
    if (stamp.path !== file) {
      await rm(place, { recursive: true, force: true });
      await mkdir(place, { mode: 0o700 });
      // Not every file system has links.
      await link(stamp.path, file).catch(() => copyFile(stamp.path, file));
      stamp = await takeStamp(file);
    }
    this.#read = { output, stamp };
    return stamp;
  }
}
