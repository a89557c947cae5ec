import { keepsAddress } from "../../reconcile/written/kept-address.js";
import { keepsColumn } from "../../engine/user-sql/kept-column.js";
import { parseSelect } from "../../engine/user-sql/user-sql.js";
import { Failure } from "../../model/failure.js";
import type { ExportProgram } from "../../model/plan/program.js";
import type { CompiledExport } from "../prepared.js";
import type { Run } from "../../run/run.js";

/**
 * The SQL of an address as an example of it is shown. First letter and domain
 * say little of an address that somebody has, and anything of one that SQL
 * has computed: of that nothing is shown.
 */
export function shownAddress(
  { reveal }: Pick<Run, "reveal">,
  { keepsAddress }: Pick<CompiledExport, "keepsAddress">,
): string {
  if (reveal) return "key";
  return keepsAddress ? "masked_address(key)" : "'•••'";
}

/** Whether these programs take addresses over from their sources as they stand. */
export async function keepsAddresses(
  { engine, config }: Pick<Run, "engine" | "config">,
  programs: readonly ExportProgram[],
): Promise<boolean> {
  const inSource = (name: string, column: string): Promise<boolean> =>
    keepsInSource({ engine, config }, name, column);
  try {
    for (const program of programs) if (!(await keepsAddress(engine, program, inSource))) return false;
    return true;
  } catch (error) {
    // It cannot be parsed; who loads or evaluates it says so.
    if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
    return false;
  }
}

/** Whether a source has a column as its data came, rather than as its own SQL computes it. */
export async function keepsInSource(
  { engine, config }: Pick<Run, "engine" | "config">,
  name: string,
  column: string,
): Promise<boolean> {
  const source = config.sources.get(name);
  const query = source?.kind.queryOf(source);
  if (query === undefined || !("sql" in query)) return true;
  return keepsColumn(await parseSelect(engine, query.sql), column, () => Promise.resolve(true));
}
