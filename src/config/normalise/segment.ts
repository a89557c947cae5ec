import { resolve } from "node:path";
import type { Segment } from "../../model/config/segment.js";
import { FileFault } from "../../platform/files/file-fault.js";
import { MAX_CONFIG_BYTES, readProjectFile } from "../../platform/files/open-project-file.js";
import type { Segment as SegmentYaml } from "../schema/config-file.gen.js";
import { mayBeNamed, foreignPathProblem, outsidePathProblem } from "../checks/paths.js";
import { foreignPath } from "../files/path-words.js";
import type { Problem } from "../diagnostics/problem.js";

/** A segment with the text of its SQL file; a problem when that file cannot be read. */
export async function segmentOf(
  name: string,
  yaml: SegmentYaml,
  { folder, within }: { readonly folder: string; readonly within: readonly string[] },
): Promise<{ segment: Segment | undefined; problems: Problem[] }> {
  const { email, orderBy, exclude = [], allowEmpty = false } = yaml;
  const rest = { name, email, orderBy, exclude, allowEmpty };
  if (yaml.sqlFile === undefined) return { segment: { ...rest, from: originOf(yaml, folder) }, problems: [] };
  const at = ["segments", name, "sqlFile"];
  const problem = (message: string, hint: string): { segment: undefined; problems: Problem[] } => ({
    segment: undefined,
    problems: [{ severity: "error", code: "sql-file", message, hint, at }],
  });
  const foreign = foreignPath(yaml.sqlFile);
  if (foreign !== undefined) return { segment: undefined, problems: [foreignPathProblem(foreign, at)] };
  if (!(await mayBeNamed(yaml.sqlFile, resolve(folder, yaml.sqlFile), within)))
    return { segment: undefined, problems: [outsidePathProblem(`\`${yaml.sqlFile}\``, at)] };
  try {
    const path = resolve(folder, yaml.sqlFile);
    const bytes = await readProjectFile(path, { within, maxBytes: MAX_CONFIG_BYTES });
    const sql = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (sql.trim() === "")
      return problem(`The SQL file ${yaml.sqlFile} is empty.`, "Write one SELECT into it.");
    return { segment: { ...rest, from: { kind: "sql", sql, file: yaml.sqlFile } }, problems: [] };
  } catch (error) {
    if (error instanceof TypeError)
      return problem(`The SQL file ${yaml.sqlFile} is not UTF-8.`, "Save it as UTF-8.");
    if (!(error instanceof FileFault)) throw error;
    return problem(
      `The SQL file ${yaml.sqlFile} ${error.why}.`,
      error.hint ?? "Paths are relative to the config file they are in.",
    );
  }
}

function originOf(yaml: SegmentYaml, folder: string): Segment["from"] {
  if (yaml.sql !== undefined) return { kind: "sql", sql: yaml.sql };
  if (yaml.addresses !== undefined) {
    const { addresses, column, encoding, finalNewline } = yaml;
    return { kind: "addresses", path: resolve(folder, addresses), column, rules: { encoding, finalNewline } };
  }
  return { kind: "where", source: yaml.source ?? "", where: yaml.where };
}
