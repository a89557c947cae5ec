import type { Diagnostic } from "../model/diagnostic.js";
import type { Drift } from "../model/reports/drift.js";
import { drift as driftUseCase } from "../usecases/drift.js";
import { choiceOf, emitOf, signalOf, type ExportsOptions } from "./options.js";

export interface DriftOptions extends ExportsOptions {
  /** Who runs this, as locks, the record and notices name it. */
  readonly actor: string;
  /** Takes what is found into the record. Without it nothing changes and no lock is taken. */
  readonly record?: boolean | undefined;
  /** False: the config's notifiers hear nothing of it. */
  readonly notify?: boolean | undefined;
}

export interface DriftResult {
  /** The document of `schemas/drift.schema.json`; undefined when the config is not sound. */
  readonly drift: Drift | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the lists and says how they differ from what is recorded. Throws `Failure` when the state cannot be read. */
export async function drift(options: DriftOptions): Promise<DriftResult> {
  const { targets, actor, record, notify } = options;
  const { drift: found, diagnostics } = await driftUseCase({
    ...choiceOf(options),
    targets,
    actor,
    record,
    notify,
    emit: emitOf(options),
    signal: signalOf(options),
  });
  return { drift: found, diagnostics };
}
