import type { Config } from "../../model/config/config.js";
import { Failure } from "../../model/failure.js";
import { MOST_LEVELS, type Segment } from "../../model/config/segment.js";
import { identifier } from "../../plugin/relation.js";
import { columnOrExpressionSql } from "./expression.js";

export interface CompiledSegments {
  readonly views: readonly { readonly name: string; readonly sql: string }[];
  readonly sources: readonly string[];
  /** Segments that one of these takes out. */
  readonly excluded: readonly string[];
}

/** The engine's name for a segment's file of addresses. */
export function addressesView(segment: string): string {
  return `addresses of ${segment}`;
}

/** The expression of the address in a segment's rows. */
export function segmentEmailSql(segment: Segment): string {
  return columnOrExpressionSql(segment.email ?? "email");
}

/**
 * SELECTs for `wanted` and everything they build on, dependencies first.
 * `findTables` says which tables a segment's SQL names. Throws on a cycle and on
 * names that are neither source nor segment.
 */
export function compileSegments(
  config: Config,
  wanted: readonly string[],
  tablesOf: (segment: Segment) => readonly string[],
): CompiledSegments {
  const views = new Map<string, string>();
  const sources = new Set<string>();
  const excluded = new Set<string>();
  const levels = new Map<string, number>();
  const visit = (name: string, path: readonly string[]): number => {
    const known = levels.get(name);
    if (known !== undefined) return known;
    if (path.includes(name)) {
      throw new Failure(
        "invalid",
        `Segments build on each other in a circle: ${[...path, name].join(" → ")}.`,
      );
    }
    const segment = config.segments.get(name);
    if (segment === undefined) throw new Failure("invalid", `There is no segment "${name}".`);
    const below = [...path, name];
    let own = 1;
    const add = (other: string): void => void (own = Math.max(own, 1 + visit(other, below)));
    if (below.length > MOST_LEVELS) throw tooDeep(name);
    for (const table of tablesOf(segment)) {
      if (config.segments.has(table)) add(table);
      else if (config.sources.has(table)) sources.add(table);
      else
        throw new Failure(
          "invalid",
          `Segment "${name}" selects from "${table}", which is neither a source nor a segment.`,
        );
    }
    if (segment.from.kind === "addresses") sources.add(addressesView(name));
    for (const other of segment.exclude) {
      add(other);
      excluded.add(other);
    }
    if (own > MOST_LEVELS) throw tooDeep(name);
    levels.set(name, own);
    views.set(name, segmentSql(config, segment));
    return own;
  };
  for (const name of wanted) visit(name, []);
  return {
    views: [...views].map(([name, sql]) => ({ name, sql })),
    sources: [...sources],
    excluded: [...excluded],
  };
}

function tooDeep(name: string): Failure {
  return new Failure("invalid", `More than ${MOST_LEVELS} segments build on each other, down to "${name}".`, {
    hint: "Put several of them into one SELECT.",
  });
}

function segmentSql(config: Config, segment: Segment): string {
  const base = baseSql(segment);
  if (segment.exclude.length === 0) return base;
  const conditions = segment.exclude.map((name) => {
    const excluded = config.segments.get(name);
    const email = excluded === undefined ? `"email"` : segmentEmailSql(excluded);
    // The address may be an expression. Without one nobody is excluded.
    return `(address_key(${segmentEmailSql(segment)}) IN (SELECT unnest(coalesce(named_keys(${email}), [address_key(${email})])) FROM ${identifier(name)})) IS NOT TRUE`;
  });
  return `SELECT kept.* FROM (${base}) AS kept WHERE ${conditions.join(" AND ")}`;
}

function baseSql(segment: Segment): string {
  switch (segment.from.kind) {
    case "where": {
      const where = segment.from.where === undefined ? "" : ` WHERE (\n${segment.from.where}\n)`;
      return `SELECT * FROM ${identifier(segment.from.source)}${where}`;
    }
    case "sql":
      return `SELECT * FROM (\n${withoutEnd(segment.from.sql)}\n) AS query`;
    case "addresses": {
      const { column } = segment.from;
      const columns = column === undefined ? "*" : `listed.${identifier(column)} AS email`;
      return `SELECT ${columns} FROM ${identifier(addressesView(segment.name))} AS listed`;
    }
  }
}

/** A file of SQL commonly ends with a semicolon, which cannot be inside parentheses. */
function withoutEnd(sql: string): string {
  return sql.replace(/;\s*$/, "");
}
