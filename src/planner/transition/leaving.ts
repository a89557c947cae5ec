import { compileExport } from "../../reconcile/compile/compile-export.js";
import { appliedRemovals } from "../../config/definition.js";
import { exportOf } from "../../config/normalise/export.js";
import type { Export } from "../../model/config/export.js";
import { Failure } from "../../model/failure.js";
import type { OpenConnection } from "../../run/accounts.js";
import { resolveExactNames } from "../compile/exact-names-of-export.js";
import type { CompiledExport } from "../prepared.js";
import type { Run } from "../../run/run.js";
import type { LeavingExport } from "../../records/transition.js";

/**
 * An export that wants nobody, so that those whom we added come off its list
 * by the same way as those who leave a segment.
 */
export function leavingExport({ name, state, maxRemovals }: LeavingExport, connection: string): Export {
  const { listId } = state.list;
  const plain = exportOf(
    name,
    { connection, list: listId, segments: [""], match: { email: "email" } },
    { timezone: "UTC", schedule: undefined },
  );
  const removals = maxRemovals ?? appliedRemovals(state.definition.text);
  return {
    ...plain,
    segments: [],
    safeguards: { ...plain.safeguards, maxRemovals: removals, allowEmpty: true },
  };
}

/** Compiles it. Throws when its list is gone, because then nothing can be taken off it. */
export async function compileLeaving(
  run: Run,
  leaving: LeavingExport,
  open: OpenConnection,
  index: number,
): Promise<CompiledExport> {
  const { name, state } = leaving;
  const wanted = leavingExport(leaving, open.connection.name);
  const list = await open.destination.list(state.list.listId, run.signal);
  if (list === undefined) {
    throw new Failure(
      "not-found",
      `There is no list ${state.list.listId} any more, from which people of "${name}" are to be removed.`,
      {
        hint: `Write \`members: keep\` (or \`oldMembers: keep\`), so that the record of them goes.`,
      },
    );
  }
  const exact = await resolveExactNames(run, wanted);
  return {
    applied: state,
    renamedFrom: undefined,
    united: [],
    relocation: undefined,
    leaving: true,
    after: leaving.after,
    wanted,
    open,
    list,
    // Who said no elsewhere leaves like everybody else.
    formerLists: [],
    formerIds: [],
    bindings: [],
    codec: open.plugin.codec([], open.connection),
    program: compileExport(exact.config, wanted, [], exact.namedBy),
    restraint: undefined,
    definition: { text: state.definition.text, digest: state.definition.digest },
    keepsAddress: true,
    prefix: `e${index}`,
    previous: undefined,
    changed: false,
    reread: false,
    firstRun: false,
    causeNote: undefined,
    checks: [],
  };
}
