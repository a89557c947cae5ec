import type { Diagnostic } from "../../model/diagnostic.js";
import type { ExportListing, StateListing, Stored } from "../../model/reports/state-report.js";
import type { Run } from "../../run/run.js";
import { withRun, type RunOptions } from "../../run/open.js";
import { countClaims, sumClaimed } from "./record/claim-counts.js";
import { accountListing, exportListing } from "./record/listing.js";
import { mustBeStored } from "../../state/upkeep/must-be-stored.js";

/** `rollcall state list`: what the state holds, in counts. */
export async function listState(
  options: RunOptions,
): Promise<{ result: StateListing | undefined; diagnostics: readonly Diagnostic[] }> {
  return withRun(options, async (run) => {
    const { state, signal } = run;
    mustBeStored(state);
    const { root, backend } = state;
    const locks = await backend.leases(signal);
    const exports: ExportListing[] = [];
    for (const [name, recorded] of Object.entries(root.exports)) {
      const counts = await countClaims(run, recorded.list.accountId, name);
      exports.push(exportListing(name, recorded, sumClaimed(counts)));
    }
    return {
      place: backend.label,
      environment: root.environment,
      lineage: root.lineage,
      serial: root.serial,
      keyId: root.encryption?.keyId,
      exports,
      accounts: Object.entries(root.accounts).map(([key, account]) =>
        accountListing(key, account, root, locks),
      ),
      stored: await storedIn(run, signal),
      forgotten: root.forgotten?.people ?? 0,
    };
  });
}

async function storedIn({ state }: Run, signal: AbortSignal): Promise<Stored> {
  let [blobs, bytes] = [0, 0];
  for await (const entry of state.backend.listBlobs("", signal)) {
    blobs += 1;
    bytes += entry.bytes;
  }
  return { blobs, bytes };
}
