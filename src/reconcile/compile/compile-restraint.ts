import type { Config } from "../../model/config/config.js";
import type { Export } from "../../model/config/export.js";
import type { ExportProgram } from "../../model/plan/program.js";
import type { Segment } from "../../model/config/segment.js";
import { compileExport } from "./compile-export.js";
import { compileSegments } from "./compile-segments.js";

/** What of an export says who is held back by the user's own data. */
export interface Restraint {
  /** Without attributes, and without profiles where they say nothing about it, so that their sources need not be read. */
  readonly program: ExportProgram;
  /** Whether only who is among the profiles may be sent, because they say who consents, or leave out who is excluded. */
  readonly mustBeFound: boolean;
}

/** Undefined when nobody is held back so. */
export function compileRestraint(
  config: Config,
  wanted: Pick<Export, "connection" | "segments" | "match" | "consent">,
  tablesOf: (segment: Segment) => readonly string[],
): Restraint | undefined {
  const program = compileExport(config, wanted, [], tablesOf);
  const { excluded } = compileSegments(config, wanted.segments, tablesOf);
  const mustBeFound = program.consent !== undefined || excluded.length > 0;
  if (mustBeFound) return { program, mustBeFound };
  if (program.suppressions.length === 0) return undefined;
  // By the id, a suppressed address says something about the other addresses of its person.
  const bare = compileExport(config, { ...wanted, segments: [] }, [], tablesOf);
  return { program: program.person === undefined ? bare : program, mustBeFound };
}
