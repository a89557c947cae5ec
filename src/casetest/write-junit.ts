import { mkdir } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Failure } from "../model/failure.js";
import type { TestResult } from "../model/reports/test-result.js";
import { FileFault } from "../platform/files/file-fault.js";
import { mustStayInside, writeOutput } from "../platform/files/write-output.js";
import { junit } from "../report/machine-readable/junit.js";

/** Writes the results as JUnit XML, in a folder that is made if it is not there. */
export async function writeJunit(file: string, cwd: string, results: readonly TestResult[]): Promise<void> {
  const folder = dirname(resolve(cwd, file));
  try {
    await mustStayInside(folder, cwd);
    await mkdir(folder, { recursive: true });
    await writeOutput(file, junit(results), { cwd });
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    const why = error instanceof FileFault ? error.why : `cannot be written (${code})`;
    throw new Failure("invalid", `The JUnit file ${file} ${why}.`, {
      hint: "Name another file after --junit.",
      cause: error,
    });
  }
}
