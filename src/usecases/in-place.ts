import { Failure } from "../model/failure.js";
import type { CompiledExport } from "./prepare/prepared.js";

/** What `moved` says is not carried out yet, so the record speaks of another name or list. */
export function inPlace(compiled: CompiledExport): CompiledExport {
  if (compiled.renamedFrom === undefined && compiled.relocation === undefined) return compiled;
  throw new Failure("refused", `Export "${compiled.wanted.name}" is about to move.`, {
    hint: "Apply first: it carries out what `moved` says.",
  });
}
