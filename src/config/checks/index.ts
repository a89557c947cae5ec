import type { Config } from "../../model/config.js";
import { NAMED_SECTIONS, type Merged } from "../merge.js";
import type { Problem } from "../problem.js";
import { attributeOptions } from "./attribute-options.js";
import { attributeConflicts } from "./attributes.js";
import { baseUrls } from "./base-url.js";
import { declaredColumns } from "./declared-columns.js";
import { excludeCycles } from "./exclude-cycles.js";
import { listNames } from "./list-names.js";
import { mirrors } from "./mirrors.js";
import { moved } from "./moved.js";
import { tableNames } from "./names.js";
import { notifiers } from "./notifiers.js";
import { paths } from "./paths.js";
import { policies } from "./policies.js";
import { privacy } from "./privacy.js";
import { rawExports } from "./raw.js";
import { references } from "./references.js";
import { removed } from "./removed.js";
import { sources } from "./sources.js";
import { stores } from "./store.js";
import { strangers } from "./strangers.js";
import { times } from "./time.js";
import { unused } from "./unused.js";

/** Everything that is wrong or doubtful in a config whose parts are each of the right shape. */
export async function semanticProblems(config: Config, merged: Merged): Promise<Problem[]> {
  const problems = [...(await problemsOfWords(config, merged)), ...(await paths(config, merged))];
  const sound =
    problems.every(({ severity }) => severity === "warning") &&
    NAMED_SECTIONS.every((section) => [...merged.named[section].values()].every(({ broken }) => !broken));
  // A misspelt or broken entry may be the one that uses what seems to be unused.
  return sound ? [...problems, ...unused(config, merged)] : problems;
}

/** What can be told without a look at the files that the config names. */
export async function problemsOfWords(config: Config, merged: Merged): Promise<Problem[]> {
  return [
    ...references(config, merged),
    ...tableNames(config),
    ...excludeCycles(config),
    ...attributeConflicts(config),
    ...attributeOptions(config, rawExports(merged)),
    ...listNames(config),
    ...mirrors(config),
    ...moved(config, merged),
    ...removed(config, merged),
    ...strangers(config),
    ...sources(config),
    ...declaredColumns(config),
    ...baseUrls(config),
    ...notifiers(config),
    ...stores(config, merged),
    ...(await times(config, merged)),
    ...(await policies(config)),
    ...privacy(config),
  ];
}
