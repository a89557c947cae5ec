import { commandLine } from "../../model/words/command-line.js";
import { Failure } from "../../model/failure.js";
import { maskAddresses } from "../../platform/secrets/mask-addresses.js";
import { exportState } from "../../state/root/root.js";
import { moveRecords } from "../../apply/record/move-records.js";
import { renameRecord } from "../../records/rename-record.js";
import { departedName } from "../../records/transition.js";
import type { Run } from "../../run/run.js";
import { changeRecord, type ChangeRecordOptions, type RecordChanged } from "./record/change-record.js";

/** As the schema of the config has it. */
const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,62}$/;

/** `rollcall state mv OLD NEW`: the record of an export, with its claims, under another name. */
export function mvState(
  options: ChangeRecordOptions & { readonly from: string; readonly to: string },
): Promise<RecordChanged> {
  const { from, to } = options;
  return changeRecord(options, {
    operation: "state mv",
    export: from,
    mayChange: (run) => mayRename(run, from, to),
    carryOut: (run, account) =>
      moveRecords(
        run,
        { ...account, name: "state-mv" },
        [{ export: from, listId: undefined, becomes: to }],
        (root, entry) => renameRecord(root, entry, from, to),
      ),
  });
}

function mayRename({ state: { root } }: Run, from: string, to: string): void {
  if (!NAME.test(to)) {
    throw new Failure("invalid", `"${maskAddresses(to)}" is not a name of an export.`, {
      hint: "A name starts with a letter and holds only letters, digits, `_` and `-`, 63 at most.",
    });
  }
  if (!NAME.test(from)) {
    throw new Failure("refused", `"${from}" is what is left of an export on a list that it has left.`, {
      hint: `It has its name from that export and list. \`${forgetting(from)}\` forgets it; \`removed:\` takes its people off.`,
    });
  }
  if (exportState(root, to) !== undefined) {
    throw new Failure("refused", `There is a record of "${to}" already.`, {
      hint: `Two records cannot become one. Name another, or forget the one that is there: \`${forgetting(to)}\`.`,
    });
  }
  const departed = Object.keys(root.exports).find((name) => name.startsWith(departedName(from, "")));
  if (departed === undefined) return;
  throw new Failure("refused", `People are still to leave a list that "${from}" has left ("${departed}").`, {
    hint: `Apply the \`moved:\` block that takes them off first, or forget them: \`${forgetting(departed)}\`.`,
  });
}

function forgetting(name: string): string {
  return commandLine(["state", "rm", name]);
}
