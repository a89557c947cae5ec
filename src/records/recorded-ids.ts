import type { ExportProgram } from "../model/plan/program.js";
import type { ExportState } from "../state/root/root.js";

/** What `match.id` is by a record and was before it, newest first. */
export function recordedIdsOf({ formerIds = [], definition }: ExportState): string[] {
  const compiled: Partial<ExportProgram> = definition.compiled;
  const last = compiled.version === 1 ? compiled.person : undefined;
  return [...new Set(last === undefined ? formerIds : [last, ...formerIds])];
}

/** What `match.id` was before, newest first: people may still be known by it. */
export function formerIdsOf(
  applied: ExportState | undefined,
  { person }: Pick<ExportProgram, "person">,
): string[] {
  return applied === undefined ? [] : recordedIdsOf(applied).filter((id) => id !== person);
}
