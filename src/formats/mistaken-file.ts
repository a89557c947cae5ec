/** What a file is instead of what it is taken for, and how to fix that. */
export interface MistakenFile {
  readonly is: string;
  readonly hint: string;
  /** The same of a segment's file of addresses, which has no `format`. */
  readonly hintOfAddresses?: string;
}

const SAVE_AS_CSV = "Open it and save it as CSV in UTF-8.";
const RENAME = "Name it by what it is, so that it is unpacked, or unpack it.";
const UNPACK = "Unpack it; files packed with gzip (.gz) and zstd (.zst) are read as they are.";
const NO_DATA = "The program that writes the files may have put the wrong one here.";

/** First bytes, in hexadecimal. */
const SIGNATURES: readonly [RegExp, string, string][] = [
  [/^504b(0304|0506|0708)/, "a spreadsheet (.xlsx) or another ZIP archive", `${SAVE_AS_CSV} An archive has to be unpacked.`],
  [/^d0cf11e0a1b11ae1/, "an old spreadsheet (.xls) or another Office document", SAVE_AS_CSV],
  [/^1f8b/, "packed with gzip", RENAME],
  [/^28b52ffd/, "packed with zstd", RENAME],
  [/^425a683[1-9]314159/, "packed with bzip2", UNPACK],
  [/^fd377a585a00/, "packed with xz", UNPACK],
  [/^04224d18/, "packed with lz4", UNPACK],
  [/^377abcaf271c/, "a 7z archive", UNPACK],
  [/^526172211a07/, "a RAR archive", UNPACK],
  [/^.{514}7573746172/, "a tar archive", UNPACK],
  [/^50415231(?![2-7])/, "a Parquet file", "Let its name end in `.parquet`."],
  [/^53514c69746520666f726d6174203300/, "an SQLite database", "Export its table as CSV."],
  [/^.{16}4455434b/, "a DuckDB database", "Declare it as a source of type `duckdb`."],
  [/^4f626a01/, "an Avro file", "Write it as Parquet, CSV or JSON Lines."],
  [/^(4152524f5731|ffffffff.{4}0000)/, "an Arrow file", "Write it as Parquet, CSV or JSON Lines."],
  [/^4f5243(?![2-7])/, "an ORC file", "Write it as Parquet, CSV or JSON Lines."],
  [/^25504446/, "a PDF document", NO_DATA],
  [/^(89504e470d0a1a0a|ffd8ff|474946383[79]61)/, "an image", NO_DATA],
]; // prettier-ignore

const UTF_16_HINT = "Save it as UTF-8, or say `encoding: UTF-16`.";

/** Whatever a file that should hold text holds instead; undefined when it may be text in UTF-8. */
export function detectNonText(bytes: Buffer): MistakenFile | undefined {
  const hex = bytes.toString("hex", 0, 300);
  for (const [start, is, hint] of SIGNATURES) if (start.test(hex)) return { is, hint };
  if (/^(fffe0000|0000feff)/.test(hex)) return { is: "text in UTF-32", hint: "Save it as UTF-8." };
  if (/^(fffe|feff)/.test(hex)) return { is: "text in UTF-16", hint: UTF_16_HINT };
  const zeros = bytes.subarray(0, 512).filter((byte) => byte === 0).length;
  if (zeros === 0) return undefined;
  return zeros * 3 > Math.min(bytes.length, 512)
    ? { is: "text in UTF-16 without a byte-order mark, or no text at all", hint: UTF_16_HINT }
    : { is: "no text: it has zero bytes in it", hint: NO_DATA };
}

const LFS = {
  is: "a pointer of a large-file store (Git LFS) and not the file itself",
  hint: "Fetch the files, e.g. with `git lfs pull`; in CI, check out with LFS.",
};
const ERROR_PAGE =
  "It may be the answer of a server that had an error or wanted a login. Fetch the file again.";

/** A header in angle brackets, as some programs write it, has other words in them. */
const HTML =
  /^<(!doctype|!--|(html|head|body|title|meta|link|script|style|div|span|p|br|hr|a|b|i|em|strong|h[1-6]|table|pre|center|font|img|form)[\s>/])/i;

/** The same for what is text, but not of the kind that holds rows. */
export function detectOtherText(text: string): MistakenFile | undefined {
  const start = text.trimStart().slice(0, 2000);
  if (/^version https:\/\/(git-lfs\.github\.com|hawser\.github\.com)\//.test(start)) return LFS;
  if (/^(\/annex\/objects\/|(\.\.\/)*\.git\/annex\/objects\/)/.test(start))
    return {
      is: "a pointer of git-annex and not the file itself",
      hint: "Fetch the files, e.g. with `git annex get`.",
    };
  if (/^<(\?xml|soap|Error>)/i.test(start) && !/<html/i.test(start))
    return { is: "an XML document", hint: ERROR_PAGE };
  if (HTML.test(start)) return { is: "an HTML page", hint: ERROR_PAGE };
  if (/^%PDF|^\{\\rtf/.test(start)) return { is: "a document", hint: NO_DATA };
  return undefined;
}

const SERVER = "it may also be a server's answer that there was an error.";

/** JSON where columns should stand. */
export function detectJson(text: string): MistakenFile | undefined {
  if (!/^(\{\s*["}]|\[\s*(["{[\]\d]|$))/.test(text.trimStart())) return undefined;
  return {
    is: "JSON",
    hint: `If it holds people, say \`format: jsonl\` (one object a line) or \`format: json\` (an array); ${SERVER}`,
    hintOfAddresses: `If it holds people, let its name end in \`.jsonl\` (one object a line) or \`.json\` (an array); ${SERVER}`,
  };
}
