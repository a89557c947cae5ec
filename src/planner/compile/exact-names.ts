import { addressesView } from "../../reconcile/compile/compile-segments.js";
import {
  resolveExport,
  resolveSegment,
  isPlain,
  isPlainOrder,
  UNSEEN,
  type KnownColumns,
} from "../../reconcile/compile/exact-names.js";
import { findAliases } from "../../engine/user-sql/aliases.js";
import type { Engine } from "../../engine/engine.js";
import { foldName } from "../../model/fold-name.js";
import { checkExpression } from "../../engine/user-sql/user-sql.js";
import type { Config } from "../../model/config/config.js";
import type { Export } from "../../model/config/export.js";
import { Failure } from "../../model/failure.js";
import type { Segment } from "../../model/config/segment.js";
import type { SeenColumns } from "../../plugin/source.js";

/** What the texts of segments and exports are read against. */
export interface NameContext {
  readonly engine: Engine;
  readonly config: Config;
  /** Tables that each segment selects from, as far as its SQL is sound. */
  readonly tables: ReadonlyMap<string, readonly string[]>;
  /** Columns of a source, given its engine name; undefined where it cannot be looked at. */
  columnsOf(source: string): Promise<SeenColumns | undefined>;
}

/** The segments with every text that is the name of a column written as SQL. */
export async function resolveSegments(
  around: NameContext,
  names: Iterable<string>,
): Promise<ReadonlyMap<string, Segment>> {
  const segments = new Map(around.config.segments);
  for (const name of names) {
    const segment = segments.get(name);
    if (segment === undefined) continue;
    const plain = isPlain(segment.email) && isPlainOrder(segment.orderBy);
    segments.set(
      name,
      await resolveSegment(segment, plain ? UNSEEN : await findColumnsBelow(around, [name])),
    );
  }
  return segments;
}

/** The same for an export, or for as much of one as says whom it wants. */
export async function resolveWanted<Kind extends Pick<Export, "segments" | "match" | "consent">>(
  around: NameContext,
  wanted: Kind,
): Promise<Kind> {
  const { match, consent, segments } = wanted;
  if (isPlain(match.email, match.id, typeof consent === "string" ? consent : undefined)) return wanted;
  return resolveExport(wanted, await findColumnsBelow(around, segments));
}

/** Columns that the rows of these segments may have. */
async function findColumnsBelow(around: NameContext, segments: readonly string[]): Promise<KnownColumns> {
  const { engine, config } = around;
  const names = new Set<string>();
  let all = segments.length > 0;
  const add = (seen: SeenColumns | undefined): void => {
    all &&= seen?.all === true;
    for (const name of seen?.names ?? []) names.add(foldName(name));
  };
  for (const table of tablesBelow(around, segments)) {
    const segment = config.segments.get(table);
    if (segment === undefined) add(await around.columnsOf(table));
    else if (segment.from.kind === "sql")
      // What it computes without a name has one all the same.
      add({ names: [...((await unlessUnsound(findAliases(engine, segment.from.sql))) ?? [])], all: false });
    else if (segment.from.kind === "addresses") add(await around.columnsOf(addressesView(table)));
  }
  return {
    has: (name) => names.has(foldName(name)) || (all ? false : undefined),
    commas: [...new Set([...names].map((name) => name.split(",").length - 1))].sort((a, b) => b - a),
    parses: async (sql) => (await unlessUnsound(checkExpression(engine, sql))) !== undefined,
  };
}

/** Segments and sources that these segments are made of, these among them. */
function tablesBelow({ tables }: NameContext, segments: readonly string[]): Set<string> {
  const visited = new Set<string>();
  const open = [...segments];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (visited.has(name)) continue;
    visited.add(name);
    open.push(...(tables.get(name) ?? []));
  }
  return visited;
}

async function unlessUnsound<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Failure && error.kind === "invalid") return undefined;
    throw error;
  }
}
