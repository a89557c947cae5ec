import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Diagnostic } from "../model/diagnostic.js";
import { Failure } from "../model/failure.js";
import { codeQuality } from "../report/annotations.js";
import { configPlace } from "../usecases/config-place.js";
import { placeFrom } from "./diagnostics.js";
import type { Session } from "./session.js";

/** Writes the report that GitLab compares with that of the target branch; an empty one for no diagnostics. */
export async function writeCodeQuality(
  session: Session,
  file: string,
  diagnostics: readonly Diagnostic[],
): Promise<void> {
  const report = codeQuality(diagnostics, {
    place: placeFrom(session),
    fallback: (await configPlace(session.choice)) ?? "exports.config.yaml",
    digest: (text) => createHash("sha256").update(text).digest("hex"),
  });
  try {
    await writeFile(resolve(session.options.cwd, file), `${JSON.stringify(report, undefined, 2)}\n`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Failure("invalid", `--code-quality: ${file} cannot be written (${code ?? "unknown"}).`, {
      hint: "Check the path and its permissions.",
      cause: error,
    });
  }
}
