import type { Diagnostic } from "../model/diagnostic.js";
import type { TestResult } from "../model/reports/test-result.js";
import { test as testUseCase } from "../usecases/test.js";
import { choiceOf, signalOf, type ProjectOptions } from "./options.js";

export interface TestOptions extends ProjectOptions {
  /** Test files, or folders with some; all of the project when it is missing or empty. */
  readonly paths?: readonly string[] | undefined;
  /** Only cases whose name, or whose file's name, has this text in it; upper and lower case are the same. */
  readonly filter?: string | undefined;
  /** Told of each case as it ends. */
  readonly onResult?: ((result: TestResult) => void) | undefined;
}

export interface TestRun {
  /** Of each case; undefined when the config or a test file is not sound. */
  readonly results: readonly TestResult[] | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Runs a team's own tests of its segments and exports (`*.test.yaml`). Asks no destination and reads neither state nor sources. */
export async function test(options: TestOptions = {}): Promise<TestRun> {
  const { results, diagnostics } = await testUseCase({
    ...choiceOf(options),
    paths: options.paths,
    filter: options.filter,
    onResult: options.onResult ?? (() => undefined),
    signal: signalOf(options),
  });
  return { results, diagnostics };
}
