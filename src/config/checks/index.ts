import type { Config } from "../../model/config.js";
import type { Merged } from "../merge.js";
import type { Problem } from "../problem.js";
import { references } from "./references.js";

/** Everything that is wrong or doubtful in a config whose parts are each of the right shape. */
export async function semanticProblems(config: Config, merged: Merged): Promise<Problem[]> {
  return references(config, merged);
}
