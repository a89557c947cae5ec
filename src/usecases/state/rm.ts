import { Failure } from "../../model/failure.js";
import { moveRecords } from "../../apply/record/move-records.js";
import { dropRecord } from "../../records/rename-record.js";
import { changeRecord, type ChangeRecordOptions, type RecordChanged } from "./record/change-record.js";

/** `rollcall state rm EXPORT`: forgets the record of an export; its people stay on the list, and its next run is a first one. */
export function rmState(options: ChangeRecordOptions & { readonly export: string }): Promise<RecordChanged> {
  const name = options.export;
  return changeRecord(options, {
    operation: "state rm",
    export: name,
    mayChange: (_, { protect }) => {
      if (protect === true) throw isProtected(name);
    },
    carryOut: (run, account) =>
      moveRecords(
        run,
        { ...account, name: "state-rm" },
        [{ export: name, listId: undefined, becomes: undefined }],
        (root, entry) => dropRecord(root, entry, name),
      ),
  });
}

function isProtected(name: string): Failure {
  return new Failure(
    "refused",
    `The export "${name}" is protected, and its protection would go with its record.`,
    {
      hint: "If it is meant, apply `protect: false` in a run of its own first (put the export back for that if it is gone).",
    },
  );
}
