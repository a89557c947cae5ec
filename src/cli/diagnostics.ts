import type { Diagnostic } from "../model/diagnostic.js";
import { diagnosticsHuman } from "../report/diagnostics-human.js";
import type { Session } from "./session.js";

/** All of them, to people on stderr and to programs as events. */
export function showDiagnostics(session: Session, diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of diagnostics) session.event({ type: "diagnostic", diagnostic });
  if (diagnostics.length > 0) session.note(diagnosticsHuman(diagnostics, session.paint));
}
