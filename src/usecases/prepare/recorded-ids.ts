import type { ExportProgram } from "../../model/program.js";
import type { ExportState } from "../../state/root.js";

/** What `match.id` was before, newest first: people may still be known by it. */
export function formerIdsOf(
  applied: ExportState | undefined,
  { person }: Pick<ExportProgram, "person">,
): string[] {
  if (applied === undefined) return [];
  const { formerIds = [], definition } = applied;
  const compiled: Partial<ExportProgram> = definition.compiled;
  const last = compiled.version === 1 ? compiled.person : undefined;
  const ids = last === undefined ? formerIds : [last, ...formerIds];
  return [...new Set(ids)].filter((id) => id !== person);
}
