import type { JsonSchema } from "../manifests/json-schema.js";
import type { FileRules, SourceFault } from "./source.js";

/** The option of a source that says what stands between the columns of a CSV. */
export const DELIMITER: JsonSchema = {
  type: "string",
  minLength: 1,
  maxLength: 1,
  description:
    "The character between the columns of a CSV. By default found out for each file by its header, or by a line such as `sep=;` before it.",
  examples: [";"],
};

/** The other options that say how its CSV is written. */
export const CSV_RULES: Readonly<Record<string, JsonSchema>> = {
  header: {
    type: "boolean",
    description:
      "Whether the first line of a CSV names the columns, as it does by default. With `false`, `columnNames` names them. A header that looks like data is refused unless this says `true`.",
  },
  columnNames: {
    type: "array",
    items: { type: "string", minLength: 1 },
    minItems: 1,
    description: "The columns of CSV files without a header (`header: false`), in order.",
    examples: [["email", "first name"]],
  },
  nullValues: {
    type: "array",
    items: { type: "string", minLength: 1 },
    uniqueItems: true,
    description: "Words that mean an empty value in a CSV, exactly as written, quoted or not.",
    examples: [["NULL", "\\N", "#N/A"]],
  },
  encoding: {
    enum: ["UTF-8", "UTF-16", "windows-1252", "latin1"],
    description:
      "Encoding of CSV files. UTF-8 by default; what Excel saves as CSV in western Europe is commonly windows-1252.",
  },
  finalNewline: {
    enum: ["required", "optional"],
    description:
      "Whether the last line of a CSV has to have a line end, as it has by default: without one, the file may be cut off within its last value. Google Sheets leaves it out: say `optional` there.",
  },
};

/** Who says that there is no header has to name the columns, and nobody else may. */
export function headerFaults({ header, columnNames }: FileRules): SourceFault[] {
  const fault = (key: string, message: string, hint: string): SourceFault[] => [
    { code: "header-and-names", key, onKey: true, message, hint },
  ];
  if (header === false && columnNames === undefined)
    return fault(
      "header",
      "`header: false` needs `columnNames`.",
      "Name the columns of the files, in order.",
    );
  if (header !== false && columnNames !== undefined)
    return fault(
      "columnNames",
      "`columnNames` needs `header: false`.",
      "The header of a file names its columns.",
    );
  const names = (columnNames ?? []).map((name) => name.toLowerCase());
  const twice = columnNames?.find((name, index) => names.indexOf(name.toLowerCase()) !== index);
  return twice === undefined
    ? []
    : fault(
        "columnNames",
        `\`columnNames\` names \`${twice}\` twice.`,
        "Give every column a name of its own.",
      );
}
