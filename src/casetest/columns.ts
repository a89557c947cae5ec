import { loadSource } from "../engine/load/load-source.js";
import type { RollcallTestFile } from "../config/test-file/test-file.gen.js";
import type { Engine } from "../engine/engine.js";
import type { Config } from "../model/config/config.js";
import type { Source } from "../model/config/source.js";
import { identifier } from "../plugin/relation.js";
import { withShared } from "../run/shared.js";
import { openSource } from "../run/sources.js";
import { writeRows, type Row, type TestColumns } from "./write-rows.js";
import { ownValue } from "../model/own-value.js";

/** Every row of a source that stands anywhere in a test file. */
export function findRows({ sources, cases }: RollcallTestFile, source: string): Row[] {
  return [sources, ...cases.flatMap(({ given }) => [given?.sources, given?.add])].flatMap(
    (rows) => rows?.[source] ?? [],
  );
}

/**
 * Loads all rows of a file as a file of the source would be loaded, to find
 * the types of its columns once for all cases: a case whose rows happen to
 * hold only digits must not see another type than its neighbour.
 */
export async function findColumns(
  config: Config,
  source: Source,
  rows: readonly Row[],
  {
    engine,
    folder,
    signal,
  }: { readonly engine: Engine; readonly folder: string; readonly signal: AbortSignal },
): Promise<TestColumns> {
  const names = [...new Set([...rows.flatMap((row) => Object.keys(row)), ...Object.keys(source.columns)])];
  const texts = source.kind.valuesOf(source) === "typed" ? textColumns(names, rows) : [];
  const declared: Source["columns"] = {
    ...Object.fromEntries(texts.map((name) => [name, { type: "text" }])),
    ...source.columns,
  };
  if (rows.length === 0) return { names, declared, notText: [] };
  const written = await writeRows(source, { names, declared, notText: [] }, rows, folder);
  const around = { ...config, allowPaths: [...config.allowPaths, folder] };
  await withShared(async (shared) => {
    const read = await openSource(around, written, { shared, signal });
    await engine.lockDown(read.files);
    await loadSource(engine, written, read);
  });
  const found = await engine.outer.rows<{ column_name: string; column_type: string }>(
    `DESCRIBE SELECT * FROM ${identifier(written.name)}`,
  );
  const types = new Map(found.map((column) => [column.column_name, column.column_type]));
  const shared = names.flatMap((name) => {
    const kind = ownValue(DECLARED, types.get(name) ?? "");
    return kind === undefined ? [] : [[name, kind] as const];
  });
  return {
    names,
    declared: { ...Object.fromEntries(shared), ...declared },
    notText: names.filter(
      (name) => NOT_TEXT.has(types.get(name) ?? "") && ownValue(declared, name)?.decimal === undefined,
    ),
  };
}

/** Whole numbers are left to the engine, which knows them from fractions. */
const DECLARED: Readonly<Record<string, Source["columns"][string]>> = {
  VARCHAR: { type: "text" },
  DOUBLE: { type: "number" },
  BOOLEAN: { type: "boolean" },
  DATE: { type: "date" },
  TIMESTAMP: { type: "timestamp" },
};

const NOT_TEXT = new Set(["BOOLEAN", "BIGINT", "DOUBLE"]);

function textColumns(names: readonly string[], rows: readonly Row[]): string[] {
  return names.filter((name) => rows.some((row) => typeof ownValue(row, name) === "string"));
}
