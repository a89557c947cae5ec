import type { Diagnostic } from "../../model/diagnostic.js";
import type { ExportListing, StateListing, Stored } from "../../model/state-report.js";
import type { Session } from "../../run/run.js";
import { withSession, type SessionOptions } from "../../run/open.js";
import { claimCounts, claimed } from "./record/claim-counts.js";
import { accountListing, exportListing } from "./record/listing.js";
import { mustBeStored } from "../../state/upkeep/stored.js";

/** `rollcall state list`: what the state holds, in counts. */
export async function stateList(
  options: SessionOptions,
): Promise<{ result: StateListing | undefined; diagnostics: readonly Diagnostic[] }> {
  return withSession(options, async (session) => {
    const { state, signal } = session;
    mustBeStored(state);
    const { root, backend } = state;
    const locks = await backend.leases(signal);
    const exports: ExportListing[] = [];
    for (const [name, recorded] of Object.entries(root.exports)) {
      const counts = await claimCounts(session, recorded.list.accountId, name);
      exports.push(exportListing(name, recorded, claimed(counts)));
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
      stored: await storedIn(session, signal),
      forgotten: root.forgotten?.people ?? 0,
    };
  });
}

async function storedIn({ state }: Session, signal: AbortSignal): Promise<Stored> {
  let [blobs, bytes] = [0, 0];
  for await (const entry of state.backend.listBlobs("", signal)) {
    blobs += 1;
    bytes += entry.bytes;
  }
  return { blobs, bytes };
}
