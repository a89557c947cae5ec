import { Failure } from "../model/failure.js";

/** What every store says when somebody else was faster. */
export function changedMeanwhile(label: string): Failure {
  return new Failure("conflict", `the state in ${label} was changed by somebody else meanwhile`, {
    hint: "Run the command again; it starts from the newer state.",
  });
}

export function missingBlob(name: string, label: string): Failure {
  return new Failure("not-found", `${name} is missing from the state in ${label}`, {
    hint: "The state is incomplete. Restore it from a backup with `rollcall state push FOLDER`.",
  });
}

export function conditionsIgnored(label: string): Failure {
  return new Failure("permanent", `${label} ignores conditions on writes (If-None-Match, If-Match)`, {
    hint: "Two runs could overwrite each other there. Use a service that keeps them, or a newer version of this one.",
  });
}

/** A write whose answer did not come. */
export function unknownOutcome(label: string, trouble: string): Failure {
  return new Failure("unknown-outcome", `a write to ${label} ${trouble}; it may have been carried out`, {
    hint: "Run the command again; it looks up what became of it.",
  });
}
