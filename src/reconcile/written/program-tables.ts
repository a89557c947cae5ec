import { foldName } from "../../model/fold-name.js";
import type { ExportProgram } from "../../model/plan/program.js";
import type { Engine } from "../../engine/engine.js";
import type { KnownTables } from "./column-follower.js";
import type { SqlNode } from "../../engine/user-sql/sql-node.js";
import { parseSelect } from "../../engine/user-sql/user-sql.js";

/** The segments of a program and the sources that are loaded, as its SQL names them. */
export function findTables(engine: Engine, { views }: ExportProgram): KnownTables {
  const nodes = new Map<number, Promise<SqlNode>>();
  const places = new Map(views.map(({ name }, index) => [foldName(name), index]));
  return {
    async view(name, before) {
      const place = places.get(foldName(name));
      const end = before === undefined ? views.length : (places.get(foldName(before)) ?? 0);
      // A later one is not seen, so that nothing goes round in a circle.
      const view = place === undefined || place >= end ? undefined : views[place];
      if (place === undefined || view === undefined) return undefined;
      const node = nodes.get(place) ?? parseSelect(engine, view.sql);
      nodes.set(place, node);
      return { name: view.name, query: await node };
    },
    typeIn(source, column) {
      const typed = engine.typedSources.get(foldName(source));
      const has = typed?.columns.some(({ name }) => foldName(name) === column) === true;
      return has ? (typed?.retyped.get(column) ?? "") : undefined;
    },
    originsIn(source) {
      const retyped = engine.typedSources.get(foldName(source))?.retyped ?? new Map<string, string>();
      return [...retyped].map(([column, type]) => ({ source, column, type }));
    },
    columnsOf: (source) => engine.typedSources.get(foldName(source))?.columns.map(({ name }) => name),
  };
}
