import { createReadStream } from "node:fs";
import { digestFile } from "../../../platform/files/file-digest.js";
import { filledText, maybe, object, text } from "../../../platform/http/shape.js";
import { parseJson } from "../../../platform/http/strict-json.js";

/** The members of a line that are read; a contact may have another identifier than an address. */
const LINE = object({ contact_id: filledText, email: maybe(text) });
/** Far longer than any contact. */
const LONGEST_LINE = 10_000_000;

/**
 * What is wrong with the files of an export, undefined when they hold exactly
 * `expected` contacts. Members missing from a cut file would look as if they had left the list.
 */
export async function findFileFault(
  files: readonly string[],
  expected: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  let lines = 0;
  const digests = new Set<string>();
  for (const file of files) {
    const read = await checkLines(file, lines);
    if (typeof read === "string") return read;
    if (read > 0) digests.add((await digestFile(file, signal)).sha256);
    else digests.add(file);
    lines += read;
  }
  if (digests.size < files.length) return "holds the same file twice";
  return lines === expected ? undefined : `has ${lines} of ${expected} contacts`;
}

/** How many contacts a file has, or what is wrong with a line. */
async function checkLines(path: string, before: number): Promise<number | string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  let lines = 0;
  const check = (line: string): string | undefined => {
    if (line.trim() === "") return undefined;
    lines += 1;
    const trouble = troubleOf(line);
    return trouble === undefined ? undefined : `is not as expected in contact ${before + lines}: ${trouble}`;
  };
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = parts.pop() ?? "";
      for (const line of parts) {
        const trouble = check(line);
        if (trouble !== undefined) return trouble;
      }
      if (rest.length > LONGEST_LINE) return "has a line that never ends";
    }
    rest += decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) return "is not encoded in UTF-8";
    throw error;
  }
  return check(rest) ?? lines;
}

function troubleOf(line: string): string | undefined {
  try {
    const wrong = LINE(parseJson(line));
    return wrong && `${wrong.path || "the line"} ${wrong.trouble}`;
  } catch (error) {
    return error instanceof SyntaxError ? `the line is ${error.message}` : "the line cannot be read";
  }
}
