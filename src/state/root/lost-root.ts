import { Failure } from "../../model/failure.js";
import type { StateStore } from "../store.js";

/** Written only after a root document that names the account they belong to. */
const NAMED_BY_A_ROOT = ["ledger/", "opt-outs/", "forgotten/"];

/**
 * Throws when blobs are there and no root document is: as an empty state this
 * would add people again who were forgotten or taken off by hand.
 */
export async function mustHaveRoot({ stored, backend }: StateStore, signal: AbortSignal): Promise<void> {
  if (stored) return;
  for (const prefix of NAMED_BY_A_ROOT) {
    for await (const _ of backend.listBlobs(prefix, signal)) {
      throw new Failure("invalid", `the root document of the state in ${backend.label} is gone`, {
        hint:
          "If a `rollcall state migrate` to this place was cut off, run it again. Otherwise bring it back from a backup with `rollcall state push FOLDER`. Without one, move the whole state away (the folder, or what lies under its prefix or name): " +
          "the first run reads the lists and takes nobody off them, but who was forgotten, or taken off a list by hand, is not known any more.",
      });
    }
  }
}
