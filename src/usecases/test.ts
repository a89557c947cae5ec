import { realpath } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import type { ConfigChoice } from "../config/choice.js";
import { positionOf } from "../config/yaml/document.js";
import { frameLines } from "../config/diagnostics/frame.js";
import { loadConfig } from "../config/load.js";
import { locatePath } from "../config/yaml/locate.js";
import { pathText, type Path } from "../config/diagnostics/problem.js";
import { createLabeller } from "../config/files/read-tree.js";
import { findTestFiles } from "../config/test-file/find.js";
import { readTestFile, type TestFile } from "../config/test-file/read.js";
import { NO_TESTS, addSizes } from "../config/test-file/size.js";
import type { Config } from "../model/config/config.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { Failure } from "../model/failure.js";
import type { TestFailure, TestResult } from "../model/reports/test-result.js";
import { withRunFolder } from "../state/run-folder.js";
import { loadBaseOfUntrusted, type MaybeUntrusted } from "../run/base/base-config.js";
import type { Difference } from "../casetest/compare.js";
import type { Case } from "../config/test-file/test-file.gen.js";
import type { CaseContext } from "../casetest/evaluate-case.js";
import { Lane } from "../casetest/reused-engine.js";
import { prepareFile, type SharedByCases } from "../casetest/prepare-file.js";
import { runCase } from "../casetest/run-case.js";

export interface TestOptions extends ConfigChoice, MaybeUntrusted {
  /** Test files, or folders with some; all of the project when empty. */
  readonly paths?: readonly string[] | undefined;
  /** Only cases whose name, or whose file's name, has this text in it; upper and lower case are the same. */
  readonly filter?: string | undefined;
  /** Told of each case as it ends. */
  readonly onResult: (result: TestResult) => void;
  readonly signal: AbortSignal;
}

export interface TestRun {
  readonly diagnostics: readonly Diagnostic[];
  /** Undefined when the config or a test file is not sound; nothing was run then. */
  readonly results: readonly TestResult[] | undefined;
  readonly milliseconds: number;
  /** Absolute paths of the files that the outcome depends on. */
  readonly files: readonly string[];
}

/**
 * Runs a team's own tests of its segments and exports. Asks no destination,
 * resolves no secret, and reads neither state nor the sources' own data.
 */
export async function test(options: TestOptions): Promise<TestRun> {
  const { cwd, signal, onResult } = options;
  const started = performance.now();
  const milliseconds = (): number => Math.round(performance.now() - started);
  const { config, diagnostics, files } = await loadConfig({
    ...options,
    base: await loadBaseOfUntrusted(options),
  });
  if (config === undefined) return { diagnostics, results: undefined, milliseconds: milliseconds(), files };
  const paths = await findTestFiles(config.folder, options.paths ?? [], cwd);
  if (paths.length === 0)
    throw new Failure("invalid", `There is no test file (*.test.yaml) in ${config.folder}.`, {
      hint: "Write one beside the config; `rollcall schema test` prints what it may hold.",
    });
  return withRunFolder(async (made) => {
    const scratch = await realpath(made);
    const spent = { seconds: 0 };
    const lanes = [...Array(LANES).keys()].map(
      (lane) => new Lane(join(scratch, `lane-${lane}`), config, { signal, spent }),
    );
    try {
      const read = await readAll(config, paths, { cwd, lane: lanes[0] as Lane, signal });
      // What is merely doubtful about the config is the business of `validate`.
      const run = { diagnostics: read.diagnostics, files: [...files, ...paths] };
      if (read.diagnostics.some(({ severity }) => severity === "error"))
        return { ...run, results: undefined, milliseconds: milliseconds() };
      const chosen = selectCases(read.files, options.filter);
      if (chosen.length === 0)
        throw new Failure(
          "invalid",
          `No case has "${options.filter ?? ""}" in its name or its file's path.`,
          {
            hint: "Run without --filter to see the names.",
          },
        );
      const results = await runInOrder(
        chosen,
        lanes,
        (one, lane) => resultOf(config, one, lane, signal),
        onResult,
      );
      return { ...run, results, milliseconds: milliseconds() };
    } finally {
      for (const lane of lanes) lane.close();
    }
  });
}

/** As many cases at a time; one of them is idle while it writes and reads files. */
const LANES = Math.min(4, availableParallelism());

/** Does the work of each lane's next item, and tells the results in the order of the items. */
async function runInOrder<Item, Result>(
  items: readonly Item[],
  lanes: readonly Lane[],
  work: (item: Item, lane: Lane) => Promise<Result>,
  tell: (result: Result) => void,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  let told = 0;
  const drive = async (lane: Lane): Promise<void> => {
    for (let item = items[next]; item !== undefined; item = items[next]) {
      const place = next++;
      try {
        results[place] = await work(item, lane);
      } catch (error) {
        // Nobody begins another one.
        next = items.length;
        throw error;
      }
      for (let result = results[told]; result !== undefined; result = results[told]) {
        told += 1;
        tell(result);
      }
    }
  };
  const ended = await Promise.allSettled(lanes.map(drive));
  const failed = ended.find(({ status }) => status === "rejected");
  if (failed?.status === "rejected") throw failed.reason;
  return results;
}

async function resultOf(
  config: Config,
  { file, shared, evaluated, index, one }: ChosenTest,
  lane: Lane,
  signal: AbortSignal,
): Promise<TestResult> {
  signal.throwIfAborted();
  const begun = performance.now();
  const folder = join(lane.folder, "case");
  const differences = await runCase(
    { config, file: file.value, shared, evaluated, lane, folder, signal },
    one,
  );
  return {
    file: file.document.label,
    name: one.name,
    position: at(file, ["cases", index, "name"]),
    milliseconds: Math.round(performance.now() - begun),
    failures: await Promise.all(differences.map((difference) => failureAt(file, index, difference))),
  };
}

interface ReadyFile {
  readonly file: TestFile;
  readonly shared: SharedByCases;
  readonly evaluated: CaseContext["evaluated"];
}

/** Reads every file before a case runs, so that all mistakes are reported at once. */
async function readAll(
  config: Config,
  paths: readonly string[],
  { cwd, lane, signal }: { readonly cwd: string; readonly lane: Lane; readonly signal: AbortSignal },
): Promise<{ files: ReadyFile[]; diagnostics: Diagnostic[] }> {
  const label = createLabeller(resolve(cwd));
  const files: ReadyFile[] = [];
  const diagnostics: Diagnostic[] = [];
  let size = NO_TESTS;
  for (const path of paths) {
    signal.throwIfAborted();
    const read = await readTestFile(path, label, config);
    size = addSizes(size, read.size);
    diagnostics.push(...read.diagnostics);
    if (read.file === undefined) continue;
    const ready = await prepareFile(config, read.file, lane, signal);
    diagnostics.push(...ready.diagnostics);
    files.push({ file: read.file, shared: ready.shared, evaluated: new Map() });
  }
  return { files, diagnostics };
}

interface ChosenTest extends ReadyFile {
  readonly index: number;
  readonly one: Case;
}

function selectCases(files: readonly ReadyFile[], filter = ""): ChosenTest[] {
  const text = filter.toLowerCase();
  return files.flatMap((ready) =>
    ready.file.value.cases.flatMap((one, index) =>
      `${ready.file.document.label}\n${one.name}`.toLowerCase().includes(text)
        ? [{ ...ready, index, one }]
        : [],
    ),
  );
}

async function failureAt(file: TestFile, index: number, difference: Difference): Promise<TestFailure> {
  const { message, expected, got, hint } = difference;
  const position = at(file, ["cases", index, "expect", ...difference.at]);
  // In the clear: what a test file holds was made up for it.
  const frame = frameLines(file.document.text, file.document.lines.lineStarts, position);
  return {
    expectation: pathText(difference.at),
    message,
    expected,
    got,
    ...(hint === undefined ? {} : { hint }),
    position,
    frame,
  };
}

function at({ document }: TestFile, path: Path): TestResult["position"] {
  return positionOf(document, ...locatePath(document, path));
}
