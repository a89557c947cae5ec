import type { Diagnostic } from "../model/diagnostic.js";
import { validate as validateUseCase, type ConfigFacts } from "../usecases/validate.js";
import { choiceOf, signalOf, type ProjectOptions } from "./options.js";

export interface ValidateResult {
  /** What the config holds, by number; undefined when it is not sound. */
  readonly facts: ConfigFacts | undefined;
  /** What is wrong or doubtful, with file, line and column. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Checks the config, in all of its environments unless one is chosen, with its SQL. Asks no destination, needs no key,
 * and looks at nobody's values.
 */
export async function validate(options: ProjectOptions = {}): Promise<ValidateResult> {
  const { facts, diagnostics } = await validateUseCase({ ...choiceOf(options), signal: signalOf(options) });
  return { facts, diagnostics };
}
