import { findingOf, presentDiagnostics } from "../config/diagnostics/diagnostics.js";
import type { Path, Problem } from "../config/diagnostics/problem.js";
import { TEST_FILE, type TestFile } from "../config/test-file/read.js";
import { givenKey } from "../config/test-file/size.js";
import type { Case, RollcallTestFile } from "../config/test-file/test-file.gen.js";
import type { Engine } from "../engine/engine.js";
import type { Config } from "../model/config/config.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { Failure } from "../model/failure.js";
import { literal } from "../plugin/relation.js";
import { findColumns, findRows } from "./columns.js";
import type { Lane } from "./reused-engine.js";
import type { Row, TestColumns } from "./write-rows.js";
import { ownValue } from "../model/own-value.js";

/** What all cases of a file share. */
export interface SharedByCases {
  readonly columns: ReadonlyMap<string, TestColumns>;
  /** The normal form of every address that the file names outside of rows. */
  readonly keyOf: (address: string) => string;
  /** The same for cases of which the same is given. */
  readonly givenKeyOf: (one: Case) => string;
  /** The run clock of a case. */
  readonly clockOf: (one: Case) => Date;
}

/** Finds the types of all columns and the normal form of all addresses of a file, once. */
export async function prepareFile(
  config: Config,
  { document, value }: TestFile,
  lane: Lane,
  signal: AbortSignal,
): Promise<{ shared: SharedByCases; diagnostics: readonly Diagnostic[] }> {
  const { folder } = lane;
  const clock = value.now === undefined ? new Date() : new Date(value.now);
  const engine = await lane.engineAt(clock);
  const problems: Problem[] = [];
  const columns = new Map<string, TestColumns>();
  const keyOf = await normalForms(engine, value);
  for (const source of config.sources.values()) {
    const rows = findRows(value, source.name);
    try {
      const found = await findColumns(config, source, rows, { engine, folder, signal });
      columns.set(source.name, found);
      if (source.kind.queryOf(source) === undefined)
        problems.push(...quotedNumbers(value, source.name, found));
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== "invalid") throw error;
      problems.push({
        severity: "error",
        code: "rows",
        message: error.message,
        hint: error.hint,
        at: ["sources", source.name],
      });
    }
  }
  const diagnostics = problems.map((problem) => findingOf(document, problem));
  const clockOf = ({ given }: Case): Date => (given?.now === undefined ? clock : new Date(given.now));
  const givenKeys = new Map(value.cases.map((one) => [one, givenKey(one)]));
  const givenKeyOf = (one: Case): string => givenKeys.get(one) ?? givenKey(one);
  const shared = { columns, keyOf, givenKeyOf, clockOf };
  return { shared, diagnostics: presentDiagnostics(diagnostics, [document], TEST_FILE.schema) };
}

/** As the engine makes keys, so that a test may write an address as the data does. */
async function normalForms(engine: Engine, value: RollcallTestFile): Promise<(address: string) => string> {
  const written = [...new Set(addressesIn(value))];
  if (written.length === 0) return (address) => address;
  const rows = await engine.rows<{ address: string; key: string }>(
    `SELECT address, address_key(address) AS key FROM (VALUES ${written.map((one) => `(${literal(one)})`).join(", ")}) AS t(address)`,
  );
  const keys = new Map(rows.map(({ address, key }) => [address, key]));
  return (address) => keys.get(address) ?? address;
}

function addressesIn({ cases }: RollcallTestFile): string[] {
  return cases.flatMap(({ given = {}, expect }) => {
    const recorded = Object.values(given.recorded ?? {}).flat();
    const expected = [...Object.values(expect.segments ?? {}), ...Object.values(expect.exports ?? {})];
    return [
      ...(given.optedOut ?? []),
      ...(given.forgotten ?? []),
      ...recorded.map((person) => (typeof person === "string" ? person : person.email)),
      ...expected.flatMap(({ members = [], includes = [], excludes = [] }) => [
        ...members,
        ...includes,
        ...excludes,
      ]),
      ...Object.values(expect.exports ?? {}).flatMap(({ mapped = {}, heldBack = {} }) => [
        ...Object.keys(mapped),
        ...Object.keys(heldBack),
      ]),
    ];
  });
}

/**
 * Text in quotes that a file of the source would have loaded as a number: the
 * person means text, and the real source would only agree if it is declared.
 */
function quotedNumbers(file: RollcallTestFile, source: string, { notText }: TestColumns): Problem[] {
  const problems: Problem[] = [];
  const told = new Set<string>();
  const look = (rows: readonly Row[] | undefined, at: Path): void => {
    for (const [index, row] of (rows ?? []).entries())
      for (const name of notText) {
        if (typeof ownValue(row, name) !== "string" || told.has(name)) continue;
        told.add(name);
        problems.push({
          severity: "error",
          code: "number-in-quotes",
          message: `Column "${name}" of source "${source}" is text here, and would be loaded as a number or boolean.`,
          hint: `If it is text, declare it in the config: \`columns: {${name}: text}\`. If not, write it without quotes.`,
          at: [...at, source, index, name],
        });
      }
  };
  look(ownValue(file.sources, source), ["sources"]);
  for (const [index, { given }] of file.cases.entries()) {
    look(ownValue(given?.sources, source), ["cases", index, "given", "sources"]);
    look(ownValue(given?.add, source), ["cases", index, "given", "add"]);
  }
  return problems;
}
