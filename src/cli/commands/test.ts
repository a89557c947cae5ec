import { testFailuresHuman, testLine, testSummary } from "../../report/tests-human.js";
import { type Register, performAction } from "../command.js";
import { showDiagnostics } from "../output/diagnostics.js";
import { EXIT, type ExitCode } from "../process/exit-code.js";
import type { Output } from "../output/output.js";
import { describeError } from "../process/error-message.js";
import { type UntrustedOptions, addUntrustedOptions, baseWishOf } from "../options/untrusted.js";

interface TestOptions extends UntrustedOptions {
  readonly filter?: string;
  readonly junit?: string;
  readonly watch?: boolean;
}

export const register: Register = (program, outcome) => {
  const command = program
    .command("test")
    .description(
      "run the tests of segments and exports (*.test.yaml); needs no network, no keys and no state",
    )
    .argument("[paths...]", "test files, or folders with some; without any, all below the config's folder")
    .option("--filter <text>", "only cases with this text in their name or in their file's path")
    .option("--junit <file>", "write the results as JUnit XML too")
    .option("--watch", "run again whenever the config, its SQL files or a test changes, until Ctrl-C");
  addUntrustedOptions(command).action(async (paths: string[], options: TestOptions) => {
    const watching = options.watch === true;
    await performAction(
      command,
      outcome,
      async (output, { signal, stop }) => {
        if (!watching) return (await runTests(output, paths, options, signal)).code;
        const { watchFiles } = await import("../../casetest/watch-files.js");
        await watchFiles(output.options.cwd, stop, {
          work: () => runAgain(output, paths, options, stop),
          onWaiting: () => output.note("Waiting for changes; Ctrl-C ends."),
        });
        return EXIT.done;
      },
      watching ? { whenStopped: "Stopping." } : {},
    );
  });
};

interface TestOutcome {
  readonly code: ExitCode;
  readonly files: readonly string[];
}

async function runTests(
  output: Output,
  paths: readonly string[],
  options: TestOptions,
  signal: AbortSignal,
): Promise<TestOutcome> {
  const { test } = await import("../../usecases/test.js");
  let shown: string | undefined;
  const run = await test({
    ...output.choice,
    paths,
    filter: options.filter,
    untrusted: baseWishOf(options),
    signal,
    onResult: (result) => {
      output.event({ type: "test-result", result });
      if (result.file !== shown) output.say(output.paint.strong(result.file));
      shown = result.file;
      output.say(testLine(result, output.paint));
    },
  });
  const { results, diagnostics, milliseconds, files } = run;
  showDiagnostics(output, diagnostics);
  if (results === undefined) return { code: EXIT.invalid, files };
  const failed = results.filter(({ failures }) => failures.length > 0).length;
  output.event({ type: "test-summary", passed: results.length - failed, failed, milliseconds });
  const told = testFailuresHuman(results, output.paint);
  if (told !== "") output.say(`\n${told.trimEnd()}`);
  output.say(`\n${testSummary(results, milliseconds, output.paint)}`);
  if (options.junit !== undefined) {
    const { writeJunit } = await import("../../casetest/write-junit.js");
    await writeJunit(options.junit, output.options.cwd, results);
  }
  return { code: failed === 0 ? EXIT.done : EXIT.failed, files };
}

/** A mistake made while editing ends one run and not the watching. */
async function runAgain(
  output: Output,
  paths: readonly string[],
  options: TestOptions,
  stop: AbortSignal,
): Promise<readonly string[]> {
  try {
    return (await runTests(output, paths, options, stop)).files;
  } catch (error) {
    if (stop.aborted) return [];
    const told = describeError(error);
    output.event({ type: "error", ...told });
    output.note(output.paint.error(`error: ${told.message}`));
    if (told.hint !== undefined) output.note(output.paint.quiet(`       ${told.hint}`));
    return [];
  }
}
