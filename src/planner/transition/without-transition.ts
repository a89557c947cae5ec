import { Failure } from "../../model/failure.js";
import type { CompiledExport } from "../prepared.js";

/** What `moved` says is not carried out yet, so the record has another name or list. */
export function withoutTransition(compiled: CompiledExport): CompiledExport {
  const { wanted, renamedFrom, united, relocation } = compiled;
  if (renamedFrom === undefined && united.length === 0 && relocation === undefined) return compiled;
  throw new Failure("refused", `Export "${wanted.name}" is about to move.`, {
    hint: "Apply first: it carries out what `moved` says.",
  });
}
