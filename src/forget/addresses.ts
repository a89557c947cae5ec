import { writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { Failure } from "../model/failure.js";
import { decodeText } from "../platform/files/decode-text.js";
import { FileFault, shownPath } from "../platform/files/file-fault.js";
import { readProjectFile } from "../platform/files/open-project-file.js";
import { homeOf } from "../platform/files/repository-root.js";
import { literal } from "../plugin/relation.js";
import type { CsvRows } from "../plugin/text-reader.js";
import { loadTextReader } from "../run/sources.js";
import type { Run } from "../run/run.js";

/** Where the addresses come from; arguments are visible to every user of the machine, the other two are not. */
export interface AddressInput {
  readonly words: readonly string[];
  /** One address a line, or CSV with a column `email`. */
  readonly file: string | undefined;
  readonly stdin: Uint8Array | undefined;
}

interface WrittenAddress {
  /** Where it stands, in words. */
  readonly from: string | (() => Promise<string>);
  readonly text: string;
}

/** Requests about so many people belong into several runs. */
const MOST = 10_000;
const MOST_BYTES = 64 * 1024 ** 2;

/** The keys of the people, as the table `forget_people` (`key`) as well. Throws when anything is not an address: a typo would forget nobody. */
export async function readPeople(run: Run, cwd: string, input: AddressInput): Promise<readonly string[]> {
  const written: WrittenAddress[] = input.words.map((text, index) => ({
    from: `argument ${index + 1}`,
    text,
  }));
  if (input.file !== undefined) written.push(...(await readFileOf(run, resolve(cwd, input.file))));
  if (input.stdin !== undefined) written.push(...(await readLinesOf(run, input.stdin, "standard input")));
  if (written.length === 0) {
    throw new Failure("invalid", "There is nobody to forget.", {
      hint: "Name addresses, better with --file PATH than as arguments, which other users of this machine can see.",
    });
  }
  if (written.length > MOST) {
    throw new Failure("invalid", `${written.length} addresses are too many for one run.`, {
      hint: `Split them into files of up to ${MOST}.`,
    });
  }
  return keysOf(run, written);
}

async function keysOf({ engine }: Run, written: readonly WrittenAddress[]): Promise<string[]> {
  const values = written.map(({ text }, index) => `(${index}, ${literal(text)})`).join(", ");
  await engine.run(
    `CREATE OR REPLACE TABLE forget_written AS SELECT place, named_keys(text) AS keys FROM (VALUES ${values}) AS written(place, text)`,
  );
  const bad = await engine.rows<{ place: number }>(
    `SELECT place FROM forget_written
     WHERE coalesce(len(list_filter(keys, k -> valid_address(k))) < greatest(len(keys), 1), true) ORDER BY place`,
  );
  if (bad.length > 0) {
    const places: string[] = [];
    for (const { place } of bad.slice(0, 5)) {
      const from = written[place]?.from ?? "";
      places.push(typeof from === "string" ? from : await from());
    }
    const more = bad.length > places.length ? ` and ${bad.length - places.length} more` : "";
    throw new Failure("invalid", `There is no address in ${places.join(", ")}${more}.`, {
      hint: "Nobody was forgotten; fix these and run again.",
    });
  }
  await engine.run(
    "CREATE OR REPLACE TABLE forget_people AS SELECT DISTINCT unnest(keys) AS key FROM forget_written ORDER BY key",
  );
  const rows = await engine.rows<{ key: string }>("SELECT key FROM forget_people ORDER BY key");
  return rows.map(({ key }) => key);
}

async function readFileOf(run: Run, path: string): Promise<WrittenAddress[]> {
  try {
    const within = homeOf(path, undefined);
    const bytes = await readProjectFile(path, { within, maxBytes: MOST_BYTES });
    return await readLinesOf(run, bytes, shownPath(basename(path)));
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    throw new Failure("invalid", `The file of addresses ${error.why}.`, {
      hint: error.hint ?? "Name a file, or `-` for standard input.",
      cause: error,
    });
  }
}

/** A first line without an at sign names columns. */
async function readLinesOf(run: Run, bytes: Uint8Array, where: string): Promise<WrittenAddress[]> {
  const decoded = decodeText(bytes);
  if ("badLine" in decoded)
    throw new Failure("invalid", `Line ${decoded.badLine} of ${where} is not text in UTF-8.`, {
      hint: "Save it as UTF-8, or as Unicode text (UTF-16 with a byte-order mark).",
    });
  const { text } = decoded;
  const lines = text.split(/\r\n|\n|\r/u);
  const first = lines.find((line) => line.trim() !== "") ?? "";
  if (first === "" || first.includes("@")) {
    return lines.flatMap((line, index) =>
      line.trim() === "" ? [] : [{ from: `line ${index + 1} of ${where}`, text: line }],
    );
  }
  const reader = await loadTextReader();
  const { delimiter, skip, names = [] } = reader.csvHead(text, true, undefined);
  const [column, ...more] = names.filter((name) => name.toLowerCase() === "email");
  if (column === undefined) {
    throw new Failure(
      "invalid",
      `The first line of ${where} is not an address, and names no column \`email\`.`,
      {
        hint: "Write one address a line, or CSV with a header.",
      },
    );
  }
  if (more.length > 0)
    throw new Failure("invalid", `The first line of ${where} names more than one column \`email\`.`, {
      hint: "Nobody can tell which is meant; leave one of them.",
    });
  return readCsv(run, { text, where, rows: { delimiter, skip, header: true, names, nulls: [] }, column });
}

interface AddressCsv {
  readonly text: string;
  readonly where: string;
  readonly rows: CsvRows;
  /** As the header writes it. */
  readonly column: string;
}

async function readCsv(run: Run, { text, where, rows, column }: AddressCsv): Promise<WrittenAddress[]> {
  const reader = await loadTextReader();
  const path = join(run.scratch, "forget-addresses.csv");
  await writeFile(path, text, { mode: 0o600 });
  const { delimiter, skip } = rows;
  const columns = rows.names.map((_, index) => `'c${index}': 'VARCHAR'`);
  // By the book: a guess may take rows for comments or titles and drop them.
  const read = run.engine.rows<{ text: string | null }>(
    `SELECT c${rows.names.indexOf(column)} AS text FROM read_csv(${literal(path)}, header = true, strict_mode = true,
       null_padding = false, quote = '"', escape = '"', comment = '', skip = ${skip}, delim = ${literal(delimiter)},
       auto_detect = false, columns = {${columns.join(", ")}})`,
  );
  const found = await read.catch(async (error: unknown) => {
    if (!(error instanceof Failure)) throw error;
    const { kind, message, hint } = (await reader.csvFault(path, delimiter)) ?? error;
    throw new Failure(kind, `${where}: ${message}`, {
      ...(hint === undefined ? {} : { hint }),
      cause: error,
    });
  });
  return found.map(({ text: address }, index) => ({
    from: async () => {
      const line = await reader.csvLine(path, rows, index, { [column]: address });
      return `${line === undefined ? `row ${index + 1}` : `line ${line}`} of ${where}`;
    },
    text: address ?? "",
  }));
}
