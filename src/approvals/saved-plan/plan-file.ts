import { Failure } from "../../model/failure.js";
import { PLAN_FILE_FORMAT, type PlanFile } from "../../model/plan/plan-file.js";
import { decodeText, type Decoded } from "../../platform/files/decode-text.js";
import { FileFault } from "../../platform/files/file-fault.js";
import { MAX_DOCUMENT_BYTES, readProjectFile } from "../../platform/files/open-project-file.js";
import { homeOf } from "../../platform/files/repository-root.js";
import { validatePlanFile } from "../../validators/plan-file.gen.js";
import { findProblem } from "../../validators/validator.js";

/** Reads a plan file. Throws `Failure("invalid")` when it is not one, or is of another version of rollcall. */
export async function readPlanFile(path: string): Promise<PlanFile> {
  let decoded: Decoded;
  try {
    const bytes = await readProjectFile(path, {
      within: homeOf(path, undefined),
      maxBytes: MAX_DOCUMENT_BYTES,
    });
    decoded = decodeText(bytes);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    throw new Failure("invalid", `The plan file ${error.message}`, {
      hint: error.hint ?? "`rollcall plan --out FILE` writes one.",
      cause: error,
    });
  }
  if ("badLine" in decoded) throw notOne(path, "it is not text in UTF-8");
  return parsePlanFile(decoded.text, path);
}

/** Reads the text of one; `path` names it in messages. */
export function parsePlanFile(text: string, path: string): PlanFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notOne(path, "it is not JSON");
  }
  const { kind, formatVersion } = (value ?? {}) as { kind?: unknown; formatVersion?: unknown };
  if (kind !== "rollcall-plan") throw notOne(path, "it is something else");
  if (typeof formatVersion === "number" && formatVersion !== PLAN_FILE_FORMAT)
    throw ofAnother(path, formatVersion);
  const problem = findProblem(value, validatePlanFile);
  if (problem !== undefined) throw notOne(path, problem);
  return value as PlanFile;
}

function ofAnother(path: string, format: number): Failure {
  const hint =
    format > PLAN_FILE_FORMAT
      ? "Install the version of rollcall that your team uses; nothing was changed."
      : "Make it again: `rollcall plan --out FILE`; nothing was changed.";
  const age = format > PLAN_FILE_FORMAT ? "a newer" : "an older";
  return new Failure("invalid", `${path} was written by ${age} rollcall.`, { hint });
}

function notOne(path: string, problem: string): Failure {
  return new Failure("invalid", `${path} is not a plan file: ${problem}.`, {
    hint: "`rollcall plan --out FILE` writes one; nothing was changed.",
  });
}
