import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Failure } from "../../model/failure.js";
import { FileFault } from "../../platform/file-fault.js";
import { readProjectFile } from "../../platform/open-project-file.js";
import { homeOf } from "../../platform/repository-root.js";
import { literal } from "../../plugin/relation.js";
import { csvHead } from "../../sources/files/csv-head.js";
import type { Session } from "../prepare/session.js";

/** Where the addresses come from; arguments are visible to every user of the machine, the other two are not. */
export interface AddressInput {
  readonly words: readonly string[];
  /** One address a line, or CSV with a column `email`. */
  readonly file: string | undefined;
  readonly stdin: string | undefined;
}

/** Requests about so many people belong into several runs. */
const MOST = 10_000;
const MOST_BYTES = 64 * 1024 ** 2;

/** The keys of the people, as the table `forget_people` (`key`) as well. Throws when anything is no address: a typo would forget nobody. */
export async function readPeople(
  session: Session,
  cwd: string,
  input: AddressInput,
): Promise<readonly string[]> {
  const written: { from: string; text: string }[] = input.words.map((text, index) => ({
    from: `argument ${index + 1}`,
    text,
  }));
  if (input.file !== undefined) written.push(...(await inFile(session, resolve(cwd, input.file))));
  if (input.stdin !== undefined) written.push(...(await inText(session, input.stdin, "standard input")));
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
  return keysOf(session, written);
}

async function keysOf(
  { engine }: Session,
  written: readonly { from: string; text: string }[],
): Promise<string[]> {
  const values = written.map(({ text }, index) => `(${index}, ${literal(text)})`).join(", ");
  await engine.run(
    `CREATE OR REPLACE TABLE forget_written AS SELECT place, named_keys(text) AS keys FROM (VALUES ${values}) AS written(place, text)`,
  );
  const bad = await engine.rows<{ place: number }>(
    `SELECT place FROM forget_written
     WHERE coalesce(len(list_filter(keys, k -> valid_address(k))) < greatest(len(keys), 1), true) ORDER BY place`,
  );
  if (bad.length > 0) {
    const places = bad.slice(0, 5).map(({ place }) => written[place]?.from ?? "");
    const more = bad.length > places.length ? ` and ${bad.length - places.length} more` : "";
    throw new Failure("invalid", `There is no address in ${places.join(", ")}${more}.`, {
      hint: "Nobody was forgotten; mend these and run again.",
    });
  }
  await engine.run(
    "CREATE OR REPLACE TABLE forget_people AS SELECT DISTINCT unnest(keys) AS key FROM forget_written ORDER BY key",
  );
  const rows = await engine.rows<{ key: string }>("SELECT key FROM forget_people ORDER BY key");
  return rows.map(({ key }) => key);
}

async function inFile(session: Session, path: string): Promise<{ from: string; text: string }[]> {
  let text: string;
  try {
    const within = homeOf(path, undefined);
    text = (await readProjectFile(path, { within, maxBytes: MOST_BYTES })).toString("utf8");
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    throw new Failure("invalid", `The file of addresses ${error.why}.`, {
      hint: error.hint ?? "Name a file, or `-` for standard input.",
      cause: error,
    });
  }
  return inText(session, text, "the file");
}

/** A first line without an at sign names columns. */
async function inText(
  { engine, scratch }: Session,
  raw: string,
  where: string,
): Promise<{ from: string; text: string }[]> {
  const text = raw.replace(/^\ufeff/u, "");
  const lines = text.split(/\r?\n/u);
  const first = lines.find((line) => line.trim() !== "") ?? "";
  if (first === "" || first.includes("@")) {
    return lines.flatMap((line, index) =>
      line.trim() === "" ? [] : [{ from: `line ${index + 1} of ${where}`, text: line }],
    );
  }
  const { delimiter, skip, names = [] } = csvHead(text, true, undefined);
  if (!names.some((name) => name.toLowerCase() === "email")) {
    throw new Failure("invalid", `The first line of ${where} is no address, and names no column \`email\`.`, {
      hint: "Write one address a line, or CSV with a header.",
    });
  }
  const path = join(scratch, "forget-addresses.csv");
  await writeFile(path, text, { mode: 0o600 });
  // By the book: a guess may take rows for comments or titles and drop them.
  const rows = await engine.rows<{ text: string | null }>(
    `SELECT "email" AS text FROM read_csv(${literal(path)}, header = true, all_varchar = true, strict_mode = true,
       null_padding = false, quote = '"', escape = '"', comment = '', skip = ${skip}, delim = ${literal(delimiter)})`,
  );
  return rows.map((row, index) => ({ from: `row ${index + 1} of ${where}`, text: row.text ?? "" }));
}
