import { isOverridden } from "../../plan/overrides.js";
import { releaseSharedClaims } from "../../reconcile/shared-lists.js";
import { comparedExportOf, findDesired, evaluateExport, lookAtList } from "./evaluate.js";
import { describeExport } from "../describe/export-plan.js";
import { addFreshness } from "./freshness.js";
import { loadSources } from "./load-data.js";
import { buildChangeSet } from "./change-set.js";
import type { RowsFrom } from "./rows-from.js";
import { findSharedPhones } from "../../reconcile/people/shared-phones.js";

/** Rows as segments and profiles give them now. */
export const fromSources: RowsFrom = {
  load: loadSources,
  passes: ({ overrides }, exportName, { name }) => isOverridden(name, exportName, overrides),
  findDesired,
  look: lookAtList,
  evaluate: async (run, compiled, account, desired) => {
    if (desired === undefined) throw new TypeError(`whom ${compiled.wanted.name} wants was not asked`);
    return addFreshness(run, await evaluateExport(run, compiled, account, desired));
  },
  settle: ({ engine }, evaluated, { claims }) =>
    releaseSharedClaims(engine, evaluated.map(comparedExportOf), claims),
  sharedPhones: ({ engine }, evaluated, { stored, prefix }) =>
    findSharedPhones(engine, evaluated, stored, prefix),
  changeSet: buildChangeSet,
  rebuilt: buildChangeSet,
  describe: describeExport,
};
