import {
  exactExport,
  exactSegment,
  isPlain,
  isPlainOrder,
  type KnownColumns,
} from "../../desired/exact-names.js";
import { foldName } from "../../engine/fold-name.js";
import { checkExpression } from "../../engine/user-sql.js";
import type { Config } from "../../model/config.js";
import type { Export } from "../../model/export.js";
import { Failure } from "../../model/failure.js";
import type { Segment } from "../../model/segment.js";
import { openSource } from "../sources.js";
import { checkRowTexts, tablesOfSegments } from "./segment-tables.js";
import type { Session } from "./session.js";

/** An export, or as much of one as says whom it wants. */
type Wanted = Pick<Export, "connection" | "segments" | "match" | "consent">;

export interface ExactNames<Kind extends Wanted> {
  readonly config: Config;
  readonly wanted: Kind;
  readonly namedBy: (segment: Segment) => readonly string[];
}

/**
 * The export and its segments with every text that is the name of a column
 * written as SQL: a name with spaces or hyphens is no SQL, or means something
 * else there. The tables that each segment selects from come along. Throws
 * when a segment's SQL cannot be used.
 */
export async function withExactNames<Kind extends Wanted>(
  session: Session,
  wanted: Kind,
): Promise<ExactNames<Kind>> {
  const tables = await tablesOfSegments(session, wanted);
  const exact = await namedExactly(session, wanted, tables);
  for (const name of tables.keys()) {
    const segment = exact.config.segments.get(name);
    if (segment !== undefined) await checkRowTexts(session, segment);
  }
  return { ...exact, namedBy: ({ name }) => tables.get(name) ?? [] };
}

async function namedExactly<Kind extends Wanted>(
  session: Session,
  wanted: Kind,
  tables: ReadonlyMap<string, readonly string[]>,
): Promise<{ config: Config; wanted: Kind }> {
  const { config } = session;
  const seen = new Map<string, Promise<readonly string[] | undefined>>();
  const below = (names: readonly string[]): Promise<KnownColumns> =>
    columnsOf(session, sourcesBelow(config, names, tables), seen);
  const segments = new Map(config.segments);
  for (const name of tables.keys()) {
    const segment = config.segments.get(name);
    if (segment === undefined || (isPlain(segment.email) && isPlainOrder(segment.orderBy))) continue;
    segments.set(name, await exactSegment(segment, await below([name])));
  }
  const { match, consent } = wanted;
  const plain = isPlain(match.email, match.id, typeof consent === "string" ? consent : undefined);
  return {
    config: { ...config, segments },
    wanted: plain ? wanted : await exactExport(wanted, await below(wanted.segments)),
  };
}

/** Sources that these segments are made of. */
function sourcesBelow(
  { sources }: Config,
  segments: readonly string[],
  tables: ReadonlyMap<string, readonly string[]>,
): Set<string> {
  const found = new Set<string>();
  const visited = new Set<string>();
  const open = [...segments];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (visited.has(name)) continue;
    visited.add(name);
    if (sources.has(name) && !tables.has(name)) found.add(name);
    open.push(...(tables.get(name) ?? []));
  }
  return found;
}

async function columnsOf(
  session: Session,
  sources: ReadonlySet<string>,
  seen: Map<string, Promise<readonly string[] | undefined>>,
): Promise<KnownColumns> {
  const names = new Set<string>();
  let all = sources.size > 0;
  for (const name of sources) {
    const looked = seen.get(name) ?? look(session, name);
    seen.set(name, looked);
    const own = await looked;
    all &&= own !== undefined;
    for (const column of own ?? []) names.add(foldName(column));
  }
  return {
    has: (name) => names.has(foldName(name)) || (all ? false : undefined),
    parses: (sql) =>
      checkExpression(session.engine, sql).then(
        () => true,
        (error: unknown) => {
          if (error instanceof Failure && error.kind === "invalid") return false;
          throw error;
        },
      ),
  };
}

/** What is wrong with a source is told when it is read. */
async function look(session: Session, name: string): Promise<readonly string[] | undefined> {
  const source = session.config.sources.get(name);
  if (source === undefined) return undefined;
  try {
    return await (await openSource(session.config, source, session.signal)).columnNames();
  } catch (error) {
    if (error instanceof Failure && error.kind !== "interrupted") return undefined;
    throw error;
  }
}
