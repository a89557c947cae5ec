import { createHash } from "node:crypto";
import type { Diagnostic } from "../../model/diagnostic.js";
import { completeMessages } from "../../report/machine-readable/complete-messages.js";
import { codeQuality } from "../../report/machine-readable/annotations.js";
import { findConfigPlace } from "../../config/files/place.js";
import { createPlaceLabel } from "./diagnostics.js";
import { jsonText, writeDocument } from "./documents.js";
import type { Output } from "./output.js";

/** Writes the report that GitLab compares with that of the target branch; an empty one for no diagnostics. */
export async function writeCodeQuality(
  output: Output,
  file: string,
  diagnostics: readonly Diagnostic[],
): Promise<void> {
  const report = codeQuality(completeMessages(diagnostics, output.invocation), {
    place: createPlaceLabel(output),
    fallback: (await findConfigPlace(output.choice)) ?? "exports.config.yaml",
    digest: (text) => createHash("sha256").update(text).digest("hex"),
  });
  await writeDocument(output, { path: file, option: "--code-quality" }, jsonText(report));
}
