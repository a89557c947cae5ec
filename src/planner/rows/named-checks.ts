import {
  findBadAddress,
  MOST_BAD_ROWS,
  readNamedAddresses,
  type NamedAddresses,
} from "../../reconcile/desired/named-addresses.js";
import type { ExportProgram } from "../../model/plan/program.js";
import { askCheck } from "../../plan/checks/check.js";
import { emptySuppression } from "../../plan/checks/empty-suppression.js";
import type { FoundAgain } from "../../plan/checks/registry.js";
import { unreadableAddresses } from "../../plan/checks/unreadable-addresses.js";
import { findLinesInDoubt } from "../../run/sources.js";
import type { Run } from "../../run/run.js";

export interface Restraints {
  /** Segments that suppress or exclude people, with how many addresses were read of each. */
  readonly read: readonly { readonly segment: string; readonly addresses: number }[];
  readonly checks: readonly FoundAgain[];
}

/** Reads whom an export's suppressions and exclusions name, and checks that all of it can be read. */
export async function readRestraints(run: Run, program: ExportProgram): Promise<Restraints> {
  const named = await readNamedAddresses(run.engine, program);
  const checks: FoundAgain[] = [];
  for (const one of named) {
    const allowEmpty = run.config.segments.get(one.segment)?.allowEmpty === true;
    const badPlaces = one.badRows.length === 0 ? [] : await placesOf(run, program, one);
    checks.push(
      ...askCheck(unreadableAddresses, { ...one, badPlaces }),
      ...askCheck(emptySuppression, { ...one, allowEmpty }),
    );
  }
  return { read: named.map(({ segment, addresses }) => ({ segment, addresses })), checks };
}

/** Lines of a file of addresses; else where the first row is in a source; else rows of the segment. */
async function placesOf(
  { config, engine }: Run,
  program: ExportProgram,
  { segment, badRows }: NamedAddresses,
): Promise<string[]> {
  const known = config.segments.get(segment);
  const lines = known === undefined ? [] : await findLinesInDoubt(config, known, MOST_BAD_ROWS);
  if (lines.length > 0) return lines;
  const { file, line, row } = (await findBadAddress(engine, program, segment)) ?? {};
  if (file === undefined) return badRows.map((number) => `row ${number}`);
  return [`${line === undefined ? `row ${row}` : `line ${line}`} of ${file}`];
}
