import { checkSelect, checkSize } from "../../engine/user-sql/user-sql.js";
import type { Diagnostic } from "../../model/diagnostic.js";
import { Failure } from "../../model/failure.js";
import { foldName } from "../../model/fold-name.js";
import type { SourcePreview } from "../../model/reports/source-report.js";
import { readSources, type SourcesRun } from "../../planner/rows/read-sources.js";
import { identifier } from "../../plugin/relation.js";
import { mustFindSource, withSources, type SourcesOptions } from "./open.js";
import { sampleOf } from "./sample.js";

export interface PreviewOptions extends SourcesOptions {
  readonly name: string;
  /** One SELECT over this source and others of the config; all rows of the source without. */
  readonly sql?: string | undefined;
  /** The most rows that are shown. */
  readonly limit: number;
  /** Whether values are shown. */
  readonly reveal: boolean;
}

/** What the errors of SQL on the command line are told of. */
const WHAT = "The SQL";

/** Reads a source whole and shows its columns and first rows. Asks no destination, takes no lock, writes nothing. */
export async function previewSource(
  options: PreviewOptions,
): Promise<{ preview: SourcePreview | undefined; diagnostics: readonly Diagnostic[] }> {
  const { result, diagnostics } = await withSources(options, async (run) => {
    const { name } = mustFindSource(run.config, options.name);
    const sql = options.sql?.replace(/;\s*$/, "") ?? `SELECT * FROM ${identifier(name)}`;
    const tables = await tablesIn(run, name, sql);
    const [failure] = (await readSources(run, tables)).values();
    if (failure !== undefined) throw failure;
    return { source: name, ...(await sampleOf(run, { ...options, sql, what: WHAT })) };
  });
  return { preview: result, diagnostics };
}

/** The sources that SQL reads, which has to read this one. */
async function tablesIn({ config, engine }: SourcesRun, source: string, sql: string): Promise<Set<string>> {
  const { tables } = await checkSelect(engine, sql);
  await checkSize(engine, sql, WHAT);
  const named = new Map([...config.sources.keys()].map((name) => [foldName(name), name]));
  const found = new Set<string>();
  for (const table of tables) {
    const name = named.get(foldName(table));
    if (name === undefined)
      throw new Failure("invalid", `${WHAT} selects from "${table}", which is not a source.`, {
        hint: `The config has ${[...config.sources.keys()].join(", ")}.`,
      });
    found.add(name);
  }
  if (found.has(source)) return found;
  throw new Failure("invalid", `${WHAT} does not select from the source "${source}".`, {
    hint: `Name the source whose rows it selects, as in \`SELECT * FROM ${identifier(source)}\`.`,
  });
}
