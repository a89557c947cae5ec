import { foldName } from "../../model/fold-name.js";
import type { ExportProgram } from "../../model/plan/program.js";
import type { Engine } from "../../engine/engine.js";
import { keepsColumn, type KeptIn } from "../../engine/user-sql/kept-column.js";
import { parseSelect } from "../../engine/user-sql/user-sql.js";

/**
 * Whether the address of an export is, in each of its segments, a column of a
 * source as it is there. SQL that computes one can put anything into it,
 * also whole addresses of others.
 */
export async function keepsAddress(
  engine: Engine,
  program: ExportProgram,
  inSource: KeptIn,
): Promise<boolean> {
  const column = /^"((?:[^"]|"")*)"$/.exec(program.email)?.[1]?.replaceAll('""', '"');
  if (column === undefined) return false;
  const known = new Map<string, Promise<boolean>>();
  /** The views before a place: a later one is not seen, so that nothing goes round in a circle. */
  const before =
    (place: number): KeptIn =>
    (table, name) => {
      const index = program.views.findIndex((view) => foldName(view.name) === foldName(table));
      const view = index < place ? program.views[index] : undefined;
      if (view === undefined) return inSource(table, name);
      const answer =
        known.get(`${index} ${name}`) ??
        parseSelect(engine, view.sql).then((node) => keepsColumn(node, name, before(index)));
      known.set(`${index} ${name}`, answer);
      return answer;
    };
  const keptIn = before(program.views.length);
  for (const { view } of program.segments) if (!(await keptIn(view, column))) return false;
  return true;
}
