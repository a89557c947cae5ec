import { basename } from "node:path";
import { foldName } from "../../model/fold-name.js";
import type { Failure } from "../../model/failure.js";
import { unlessFailed } from "../../model/unless-failed.js";
import type { ExportProgram } from "../../model/plan/program.js";
import { shownPath } from "../../platform/files/file-fault.js";
import { OTHERS } from "./binding-error.js";
import { describeColumns } from "./names.js";
import { SqlFault } from "./sql-fault.js";
import type { Engine } from "../engine.js";
import type { TypedSource } from "../load/typed-source.js";
import { checkSelect } from "./user-sql.js";

/** Files of these have names of columns, but no line of them. */
const NO_HEADER = /\.(parquet|jsonl|ndjson|json)(\.gz|\.zst)?$/i;

/** In which source a column is missing that SQL over a segment names; undefined where several may be meant. */
export async function explainMissingColumn(
  engine: Engine,
  program: ExportProgram,
  view: string,
  failure: Failure,
): Promise<{ readonly message: string; readonly hint?: string | undefined } | undefined> {
  // Whoever plans a change that nobody reviewed is told no places.
  if (!engine.outer.tellsHeaders) return undefined;
  if (!(failure instanceof SqlFault) || !failure.missing || failure.named === undefined) return undefined;
  const [source, ...more] = await sourcesOf(engine, program, view);
  if (source === undefined || more.length > 0) return undefined;
  const [file, ...others] = source.rows.files.map(({ path }) => path).filter((path) => !engine.wrote(path));
  const line = file === undefined || NO_HEADER.test(file) ? "" : " (line 1)";
  if (source.untold && file !== undefined)
    return {
      message: `${shownPath(basename(file))}${line} does not begin with an address, and names no column \`${failure.named}\`.`,
      hint: "Write one address a line, or a header; `column` of the segment says what holds the addresses.",
    };
  const where =
    file === undefined || others.length > 0
      ? `source "${source.name}"`
      : `${shownPath(basename(file))}${line}`;
  const told = engine.outer.told(
    source.columns.map(({ name }) => name),
    source.name,
  );
  const hint =
    failure.hint === undefined || failure.hint.startsWith(OTHERS) ? describeColumns(told) : failure.hint;
  return { message: `${failure.message.replace(/\.$/u, "")} in ${where}.`, hint };
}

/** The sources that the rows of a segment come from. */
async function sourcesOf(engine: Engine, program: ExportProgram, view: string): Promise<TypedSource[]> {
  const found = new Set<TypedSource>();
  const visited = new Set<string>();
  const open = [view];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const key = foldName(name);
    if (visited.has(key)) continue;
    visited.add(key);
    const segment = program.views.find((one) => foldName(one.name) === key);
    const source = engine.typedSources.get(key);
    if (segment !== undefined)
      open.push(...((await unlessFailed(() => checkSelect(engine, segment.sql)))?.tables ?? []));
    else if (source !== undefined) found.add(source);
  }
  return [...found];
}
