import { compileSegments, type CompiledSegments } from "../reconcile/compile/compile-segments.js";
import type { Engine } from "../engine/engine.js";
import { SqlFault } from "../engine/user-sql/sql-fault.js";
import type { Config } from "../model/config/config.js";
import { Failure } from "../model/failure.js";
import type { Segment } from "../model/config/segment.js";
import { findColumns, findFault, type BindableSegment } from "./ask-segment.js";
import type { OfferedColumns } from "./offer-columns.js";
import { piecesOfRows, rowPieceOf, pairWithExact, type SqlPiece } from "./sql-pieces.js";
import type { ParsedSql } from "./parse.js";

interface BindContext {
  readonly engine: Engine;
  readonly config: Config;
  /** The config with exact names. */
  readonly exact: Config;
  readonly parsed: ParsedSql;
  readonly offered: OfferedColumns;
  readonly tell: (piece: SqlPiece, fault: SqlFault) => void;
}

/** The segments of a config, each looked at once. */
export class SegmentBinder {
  readonly #around: BindContext;
  readonly #found = new Map<string, BindableSegment | undefined>();

  constructor(around: BindContext) {
    this.#around = around;
  }

  async look(name: string): Promise<BindableSegment | undefined> {
    if (this.#found.has(name)) return this.#found.get(name);
    this.#found.set(name, undefined);
    const segment = this.#around.config.segments.get(name);
    const own = segment && (await this.#lookAt(segment));
    this.#found.set(name, own);
    return own;
  }

  async #lookAt(segment: Segment): Promise<BindableSegment | undefined> {
    const { engine, config, exact, parsed, offered, tell } = this.#around;
    if (parsed.broken.has(segment.name)) return undefined;
    for (const below of [...this.#tablesOf(segment), ...segment.exclude])
      if (config.segments.has(below) && (await this.look(below)) === undefined) return undefined;
    const compiled = this.#compiled(segment.name);
    const sources = compiled?.sources.map((source) => offered.sources.get(source)) ?? [];
    if (compiled === undefined || sources.includes(undefined)) return undefined;
    const untyped = sources.some((source) => source?.typed !== true);
    const own = { segment, compiled, untyped };
    const columns = await findColumns(engine, own);
    if (columns instanceof SqlFault) {
      const rows = rowPieceOf(segment);
      if (rows !== undefined) tell(rows, columns);
      return undefined;
    }
    const bindable: BindableSegment = { ...own, columns, asked: new Map() };
    for (const piece of pairWithExact(
      piecesOfRows(segment),
      piecesOfRows(exact.segments.get(segment.name) ?? segment),
    )) {
      const fault = await findFault(engine, bindable, piece);
      if (fault !== undefined) tell(piece, fault);
    }
    return bindable;
  }

  #compiled(name: string): CompiledSegments | undefined {
    try {
      return compileSegments(this.#around.exact, [name], (segment) => this.#tablesOf(segment));
    } catch (error) {
      if (error instanceof Failure) return undefined;
      throw error;
    }
  }

  #tablesOf({ name }: Segment): readonly string[] {
    return this.#around.parsed.tables.get(name) ?? [];
  }
}
