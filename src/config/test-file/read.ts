import { realpath } from "node:fs/promises";
import { shownPath } from "../../platform/files/file-fault.js";
import { isBelow } from "../../platform/files/is-within.js";
import { homeOf } from "../../platform/files/repository-root.js";
import type { Diagnostic } from "../../model/diagnostic.js";
import type { Config } from "../../model/config/config.js";
import { testFileSchema } from "../../validators/test-file-schema.gen.js";
import { validateTestFile } from "../../validators/test-file.gen.js";
import { findErrors } from "../../validators/validator.js";
import { presentDiagnostics, findingOf } from "../diagnostics/diagnostics.js";
import type { ConfigDocument } from "../yaml/document.js";
import { isSecretFile } from "../secrets/secret-files.js";
import { readConfigFile, type Labeller } from "../files/read-tree.js";
import type { Finding } from "../diagnostics/problem.js";
import type { SchemaNode } from "../schema/schema-lookup.js";
import { schemaProblems } from "../schema/schema-problems.js";
import { referenceProblems } from "./references.js";
import { sizeOfCases, type TestSize } from "./size.js";
import type { RollcallTestFile } from "./test-file.gen.js";

/** A test file that is sound and names only what the config has. */
export interface TestFile {
  readonly document: ConfigDocument;
  readonly value: RollcallTestFile;
}

/** Reads and checks a test file. Everything that a person could have got wrong is a diagnostic. */
export async function readTestFile(
  path: string,
  label: Labeller,
  config: Config,
): Promise<{ file: TestFile | undefined; diagnostics: readonly Diagnostic[]; size: Partial<TestSize> }> {
  const within = homeOf(path, isBelow(config.folder, path) ? [config.folder] : undefined);
  if (await isSecretFile(path, config))
    return { file: undefined, diagnostics: [testsSecret(label(path))], size: {} };
  const read = await readConfigFile(path, label, within);
  if (read.document !== undefined && (await isOtherFile(path)))
    return { file: undefined, diagnostics: [testsOther(label(path))], size: {} };
  const { document, value, values } = read;
  const size = { files: 1, values, characters: document?.text.length ?? 0 };
  if (document === undefined || read.diagnostics.length > 0)
    return {
      file: undefined,
      size,
      diagnostics: presentDiagnostics(
        read.diagnostics.map(aboutTests),
        document === undefined ? [] : [document],
        TEST_FILE.schema,
      ),
    };
  const broken = schemaProblems(findErrors(value, validateTestFile), value, TEST_FILE).map(
    ({ problem }) => problem,
  );
  const problems = broken.length > 0 ? broken : referenceProblems(value as RollcallTestFile, config);
  const diagnostics = problems.map((problem) => findingOf(document, problem));
  if (problems.length > 0)
    return {
      file: undefined,
      size,
      diagnostics: presentDiagnostics(diagnostics, [document], TEST_FILE.schema),
    };
  const file = { document, value: value as RollcallTestFile };
  return {
    file,
    size: { ...size, ...sizeOfCases(file.value, config) },
    diagnostics: presentDiagnostics(diagnostics, [document], TEST_FILE.schema),
  };
}

export const TEST_FILE = { what: "the test file", schema: testFileSchema as SchemaNode };

const NAMED = /\.test\.ya?ml$/i;

/** Whether the name of a test leads to something that has another: what is wrong with that would be shown. */
async function isOtherFile(path: string): Promise<boolean> {
  return NAMED.test(path) && !NAMED.test(await realpath(path).catch(() => path));
}

function testsOther(label: string): Diagnostic {
  return {
    severity: "error",
    code: "test-link",
    message: `${shownPath(label)} is a link to a file that is not a test.`,
    hint: "Put the test there itself, or link to a file whose name ends in .test.yaml.",
  };
}

/** Without a word of what is there. */
function testsSecret(label: string): Diagnostic {
  return {
    severity: "error",
    code: "test-secret",
    message: `${shownPath(label)} is a file that the config takes a key from.`,
    hint: "A key is not a test. Give the file another name.",
  };
}

/** An empty config would be told to begin otherwise. */
function aboutTests(diagnostic: Finding): Finding {
  return diagnostic.code === "empty-file"
    ? { ...diagnostic, hint: "A test file has `cases:`, each with a `name` and what it `expect`s." }
    : diagnostic;
}
