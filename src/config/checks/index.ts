import type { Config } from "../../model/config/config.js";
import { NAMED_SECTIONS, type MergedConfig } from "../files/merge.js";
import type { Problem } from "../diagnostics/problem.js";
import { checkAttributeOptions } from "./attribute-options.js";
import { checkAttributes } from "./attributes.js";
import { checkBaseUrls } from "./base-url.js";
import { checkDeclaredColumns } from "./declared-columns.js";
import { checkExcludeCycles } from "./exclude-cycles.js";
import { checkListNames } from "./list-names.js";
import { checkMirrors } from "./mirrors.js";
import { checkMoved } from "./moved.js";
import { checkTableNames } from "./names.js";
import { checkNotifiers } from "./notifiers.js";
import { checkPaths } from "./paths.js";
import { checkPolicies } from "./policies.js";
import { checkAgreements } from "./agreements.js";
import { rawExports } from "./raw.js";
import { checkReferences } from "./references.js";
import { checkRemoved } from "./removed.js";
import { checkSources } from "./sources.js";
import { checkStores } from "./store.js";
import { checkStrangers } from "./strangers.js";
import { checkTimes } from "./time.js";
import { checkUnused } from "./unused.js";

/** Everything that is wrong or doubtful in a config whose parts are each of the right shape. */
export async function checkMeaning(config: Config, merged: MergedConfig): Promise<Problem[]> {
  const problems = [...(await checkWords(config, merged)), ...(await checkPaths(config, merged))];
  const sound =
    problems.every(({ severity }) => severity === "warning") &&
    NAMED_SECTIONS.every((section) => [...merged.named[section].values()].every(({ broken }) => !broken));
  // A misspelt or broken entry may be the one that uses what seems to be unused.
  return sound ? [...problems, ...checkUnused(config, merged)] : problems;
}

/** What can be told without a look at the files that the config names. */
export async function checkWords(config: Config, merged: MergedConfig): Promise<Problem[]> {
  return [
    ...checkReferences(config, merged),
    ...checkTableNames(config),
    ...checkExcludeCycles(config),
    ...checkAttributes(config),
    ...checkAttributeOptions(config, rawExports(merged)),
    ...checkListNames(config),
    ...checkMirrors(config),
    ...checkMoved(config, merged),
    ...checkRemoved(config, merged),
    ...checkStrangers(config),
    ...checkSources(config),
    ...checkDeclaredColumns(config),
    ...checkBaseUrls(config),
    ...checkNotifiers(config),
    ...checkStores(config, merged),
    ...(await checkTimes(config, merged)),
    ...(await checkPolicies(config)),
    ...checkAgreements(config),
  ];
}
