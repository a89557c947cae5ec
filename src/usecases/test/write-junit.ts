import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { Failure } from "../../model/failure.js";
import type { TestResult } from "../../model/test-result.js";
import { junit } from "../../report/junit.js";

/** Writes the results as JUnit XML, in a folder that is made if it is not there. */
export async function writeJunit(path: string, results: readonly TestResult[]): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, junit(results));
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    throw new Failure("invalid", `The JUnit file ${path} cannot be written (${code}).`, {
      hint: "Name another file after --junit.",
      cause: error,
    });
  }
}
