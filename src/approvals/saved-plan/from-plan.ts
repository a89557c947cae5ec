import type { Restraint } from "../../reconcile/compile/compile-restraint.js";
import { Failure } from "../../model/failure.js";
import type { PlanFile } from "../../model/plan/plan-file.js";
import { withPlannedOverride, renewChecks } from "../../plan/renewed-checks.js";
import { literal } from "../../plugin/relation.js";
import { checksSoFar } from "../../planner/describe/export-checks.js";
import { checksOfRemovals } from "../../planner/rows/only-removals.js";
import { leaveOutThoseWhoLeft } from "../../planner/rows/change-set.js";
import { loadNamedSources } from "../../planner/rows/load-data.js";
import { rememberAddresses } from "../../planner/opt-outs/keep-addresses.js";
import type { CompiledExport, EvaluatedExport } from "../../planner/prepared.js";
import type { RowsFrom } from "../../planner/rows/rows-from.js";
import type { Run } from "../../run/run.js";
import { computeBase, digestOfFields, mustBeOn } from "./plan-base.js";
import { fetchRows, rebuildChangeSet, restoreExport, restoreChangeSet } from "./restore.js";
import type { SavedExport, SavedRows } from "./saved-rows.js";
import { ownValue } from "../../model/own-value.js";

/**
 * Rows as a saved plan holds them, less those who opted out, were taken off by
 * others or were forgotten since. An export whose rows were computed from something else than there is
 * now fails as stale; the others go on. `continues`: a run that applied this
 * plan did not get to the end, and what it has done is left out.
 */
export function rowsFromPlan(file: PlanFile, saved: SavedRows, continues: boolean): RowsFrom {
  const valid: EvaluatedExport[] = [];
  const known = new Set<string>();
  return {
    load: (run, exports) =>
      loadNamedSources(
        run,
        new Set(exports.flatMap((one) => restraintOf(run, one, file)?.program.sources ?? [])),
        saved.exports.reduce((sum, { payloads }) => sum + payloads.bytes, 0),
      ),
    passes: (_, exportName, check) => {
      const plan = file.plan.exports.find(({ name }) => name === exportName);
      return (
        plan !== undefined &&
        withPlannedOverride({ ...check, status: "failed" }, plan.checks).status === "overridden"
      );
    },
    // Before anybody is held back: whoever said no since may be known by them alone.
    findDesired: async (run, _, { key, optOuts }) => {
      const account = saved.accounts.find((one) => one.key === key);
      if (account === undefined || known.has(key)) return undefined;
      known.add(key);
      const path = await fetchRows(run, account.addresses, `${optOuts.table}-addresses`);
      await rememberAddresses(run, optOuts, `SELECT key, person FROM read_parquet(${literal(path)})`);
      return undefined;
    },
    // `restore` does, once it is known who is held back by now.
    look: (_, __, ___, desired) => Promise.resolve(desired),
    evaluate: async (run, compiled, account) => {
      const now = await computeBase(run, compiled, account.claims);
      mustBeOn(ownValue(file.bases, compiled.wanted.name), now, compiled, continues ? file.id : undefined);
      const restraint = restraintOf(run, compiled, file);
      return restoreExport(run, compiled, savedOf(saved, compiled.wanted.name), account, {
        continues,
        restraint,
      });
    },
    settle: (_, evaluated) => {
      valid.push(...evaluated);
      return Promise.resolve();
    },
    sharedPhones: async (run, _, { key, prefix }) => {
      const phones = saved.accounts.find((one) => one.key === key)?.sharedPhones ?? null;
      if (phones === null) return undefined;
      const table = `${prefix}_shared_phones`;
      const path = await fetchRows(run, phones, table);
      await run.engine.run(`CREATE TABLE ${table} AS SELECT phone FROM read_parquet(${literal(path)})`);
      return table;
    },
    changeSet: async (run, evaluated, beside) => {
      const { claims } = beside;
      const rows = savedOf(saved, evaluated.wanted.name);
      const exports = valid.filter(({ open }) => open.accountKey === evaluated.open.accountKey);
      const continued = continues ? { exports, claims } : undefined;
      const planned = await restoreChangeSet(run, evaluated, rows, continued);
      const refitted = digestOfFields(evaluated) !== ownValue(file.bases, evaluated.wanted.name)?.fields;
      if (refitted || evaluated.observed !== undefined) await rebuildChangeSet(run, evaluated, beside);
      return leaveOutThoseWhoLeft(run, evaluated, claims, planned);
    },
    rebuilt: async (run, evaluated, beside) => {
      const planned = await rebuildChangeSet(run, evaluated, beside);
      return leaveOutThoseWhoLeft(run, evaluated, beside.claims, planned);
    },
    describe: (run, evaluated) => {
      const plan = file.plan.exports.find(({ name }) => name === evaluated.wanted.name);
      if (plan === undefined) throw missing(evaluated.wanted.name);
      // Consent, for one, may have been withdrawn since.
      const now = checksOfRemovals(run, checksSoFar(evaluated));
      return Promise.resolve({ ...plan, checks: renewChecks(now, plan.checks) });
    },
  };
}

/** What has to be asked once more before somebody is added or updated; nothing for a plan that only takes people off. */
function restraintOf(
  { removalsOnly }: Run,
  { wanted, restraint }: CompiledExport,
  { plan }: PlanFile,
): Restraint | undefined {
  const counts = plan.exports.find(({ name }) => name === wanted.name)?.counts;
  const puts = counts !== undefined && counts.add + counts.update > 0;
  return puts && !removalsOnly ? restraint : undefined;
}

function savedOf({ exports }: SavedRows, name: string): SavedExport {
  const found = exports.find((one) => one.name === name);
  if (found === undefined) throw missing(name);
  return found;
}

function missing(name: string): Failure {
  return new Failure("stale", `The plan has no rows of "${name}".`, { hint: "Plan again." });
}
