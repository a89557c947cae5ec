import { realpath } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { framer } from "../config/diagnostics.js";
import { positionOf } from "../config/document.js";
import { loadConfig } from "../config/load.js";
import { locate } from "../config/locate.js";
import { pathText, type Path } from "../config/problem.js";
import { labelFrom } from "../config/read-tree.js";
import { findTestFiles } from "../config/test-file/find.js";
import { readTestFile, type TestFile } from "../config/test-file/read.js";
import type { Config } from "../model/config.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { Failure } from "../model/failure.js";
import type { TestFailure, TestResult } from "../model/test-result.js";
import { withRunFolder } from "../state/run-folder.js";
import type { Difference } from "./test/compare.js";
import { prepareFile, type SharedByCases } from "./test/prepare-file.js";
import { runCase } from "./test/run-case.js";

export interface TestOptions {
  readonly cwd: string;
  readonly configPath?: string | undefined;
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
  const { cwd, configPath, signal, onResult } = options;
  const started = performance.now();
  const milliseconds = (): number => Math.round(performance.now() - started);
  const { config, diagnostics, files } = await loadConfig({ cwd, configPath, signal });
  if (config === undefined) return { diagnostics, results: undefined, milliseconds: milliseconds(), files };
  const paths = await findTestFiles(config.folder, options.paths ?? [], cwd);
  if (paths.length === 0)
    throw new Failure("invalid", `There is no test file (*.test.yaml) in ${config.folder}.`, {
      hint: "Write one beside the config; `rollcall schema test` prints what it may hold.",
    });
  return withRunFolder(async (made) => {
    const scratch = await realpath(made);
    const read = await readAll(config, paths, { cwd, scratch, signal });
    const all = [...diagnostics, ...read.diagnostics];
    const watched = [...files, ...paths];
    if (read.diagnostics.some(({ severity }) => severity === "error"))
      return { diagnostics: all, results: undefined, milliseconds: milliseconds(), files: watched };
    const results: TestResult[] = [];
    for (const [number, { file, shared, index, name }] of selected(read.files, options.filter).entries()) {
      signal.throwIfAborted();
      const one = file.value.cases[index];
      if (one === undefined) continue;
      const begun = performance.now();
      const folder = join(scratch, `case-${number}`);
      const differences = await runCase({ config, file: file.value, shared, folder, signal }, one);
      const result: TestResult = {
        file: file.document.label,
        name,
        position: at(file, ["cases", index, "name"]),
        milliseconds: Math.round(performance.now() - begun),
        failures: await Promise.all(differences.map((difference) => failureAt(file, index, difference))),
      };
      results.push(result);
      onResult(result);
    }
    return { diagnostics: all, results, milliseconds: milliseconds(), files: watched };
  });
}

interface ReadyFile {
  readonly file: TestFile;
  readonly shared: SharedByCases;
}

/** Reads every file before a case runs, so that all mistakes are told at once. */
async function readAll(
  config: Config,
  paths: readonly string[],
  { cwd, scratch, signal }: { readonly cwd: string; readonly scratch: string; readonly signal: AbortSignal },
): Promise<{ files: ReadyFile[]; diagnostics: Diagnostic[] }> {
  const label = labelFrom(resolve(cwd));
  const files: ReadyFile[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [index, path] of paths.entries()) {
    const read = await readTestFile(path, label, config);
    diagnostics.push(...read.diagnostics);
    if (read.file === undefined) continue;
    const ready = await prepareFile(config, read.file, join(scratch, `file-${index}`), signal);
    diagnostics.push(...ready.diagnostics);
    files.push({ file: read.file, shared: ready.shared });
  }
  return { files, diagnostics };
}

function selected(
  files: readonly ReadyFile[],
  filter = "",
): (ReadyFile & { readonly index: number; readonly name: string })[] {
  const text = filter.toLowerCase();
  const fits = (words: string): boolean => words.toLowerCase().includes(text);
  return files.flatMap((ready) =>
    ready.file.value.cases.flatMap(({ name }, index) =>
      fits(name) || fits(basename(ready.file.document.label)) ? [{ ...ready, index, name }] : [],
    ),
  );
}

async function failureAt(file: TestFile, index: number, difference: Difference): Promise<TestFailure> {
  const { message, expected, got, hint } = difference;
  const position = at(file, ["cases", index, "expect", ...difference.at]);
  const frame = await framer([file.document])(position);
  return {
    expectation: pathText(difference.at),
    message,
    expected,
    got,
    ...(hint === undefined ? {} : { hint }),
    position,
    ...(frame === undefined ? {} : { frame }),
  };
}

function at({ document }: TestFile, path: Path): TestResult["position"] {
  return positionOf(document, ...locate(document, path));
}
