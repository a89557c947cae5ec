import { recordedAddressesSql } from "../reconcile/recorded.js";
import { compileExport } from "../reconcile/compile/compile-export.js";
import { evaluateProgram } from "../reconcile/desired/desired.js";
import { Failure } from "../model/failure.js";
import { identifier } from "../plugin/relation.js";
import { resolveExactNames } from "../planner/compile/exact-names-of-export.js";
import { loadNamedSources, readRecordedClaims } from "../planner/rows/load-data.js";
import type { Run } from "../run/run.js";

/** Whatever looks like an address within a text. */
const ADDRESS = String.raw`[^\s"'<>,;:|()\[\]{}]+@[^\s"'<>,;:|()\[\]{}]+`;
const TABLE = "forget_in_doubt";

/**
 * Every address in a source, or that a segment of an export makes, whom no record of a list knows, as a table
 * `key`. Whoever was forgotten has left every record; so of those who are on one nobody was.
 */
export async function createAddressesInDoubt(run: Run): Promise<string> {
  const { config, engine } = run;
  const exports = [...config.exports.values()];
  const programs = [];
  for (const wanted of exports) {
    const exact = await resolveExactNames(run, { ...wanted, consent: undefined });
    programs.push(compileExport({ ...exact.config, suppressions: [] }, exact.wanted, [], exact.namedBy));
  }
  const names = new Set([...config.sources.keys(), ...programs.flatMap(({ sources }) => sources)]);
  for (const failure of (await loadNamedSources(run, names)).values()) throw unreadable(failure);
  const found: string[] = [];
  for (const [index, source] of [...names].entries()) {
    await engine.keepOuter(`${TABLE}_${index}`, addressesIn(source));
    found.push(`SELECT key FROM ${TABLE}_${index}`);
  }
  await engine.run("CREATE OR REPLACE TABLE forget_nobody (key VARCHAR, list_id VARCHAR)");
  const nobody = { table: "forget_nobody", list: undefined, formerLists: [] };
  for (const [index, program] of programs.entries()) {
    const { tables } = await evaluateProgram(engine, program, `doubt${index}`, nobody);
    found.push(`SELECT key FROM ${tables.profiles} WHERE ok`);
  }
  await engine.run(
    `CREATE OR REPLACE TABLE ${TABLE} AS SELECT DISTINCT key FROM (${found.join(" UNION ALL ")}) AS found
     WHERE key IS NOT NULL AND key NOT IN (${await anyRecordedAddressSql(run)})`,
  );
  return TABLE;
}

/** A SELECT of every `key` that a record has on a list. */
export async function anyRecordedAddressSql(run: Run): Promise<string> {
  const recorded: string[] = ["SELECT NULL::VARCHAR AS key WHERE false"];
  for (const account of Object.keys(run.state.root.accounts))
    recorded.push(recordedAddressesSql(`(${await readRecordedClaims(run, account)})`));
  return `SELECT key FROM (${recorded.join(" UNION ALL ")}) WHERE key IS NOT NULL`;
}

function addressesIn(source: string): string {
  return `SELECT key FROM (SELECT unnest(flatten([named_keys(address) FOR address IN regexp_extract_all(value, '${ADDRESS.replaceAll("'", "''")}')])) AS key
    FROM (UNPIVOT (SELECT COLUMNS(*)::VARCHAR FROM ${identifier(source)}) ON COLUMNS(*) INTO NAME field VALUE value) WHERE contains(value, '@')) WHERE valid_address(key)`;
}

function unreadable({ kind, message, hint = "Fix it, then run this again." }: Failure): Failure {
  return new Failure(kind, `Who may have been forgotten cannot be told without every source: ${message}`, {
    hint,
  });
}
