import { shownTime } from "../../model/words/shown-time.js";
import { commandLine } from "../../model/words/command-line.js";
import { Failure } from "../../model/failure.js";
import { openJournal, readJournal, type JournalWriter } from "../../state/journal/journal.js";
import { foldJournal, type BatchState } from "../../state/journal/journal-state.js";
import type { OpenRun } from "../../state/root/root.js";
import type { Run } from "../../run/run.js";
import { loadManifest, type LoadedManifest } from "../../state/manifest.js";

/** What a run that died was about to send, and how far it came. */
export interface UnfinishedRun {
  readonly sent: LoadedManifest;
  readonly batches: readonly BatchState[];
  /** Undefined when it is damaged; then every batch counts as perhaps sent. */
  readonly journal: JournalWriter | undefined;
}

/** Reads what an unfinished run left; throws with a way out when its change set is lost. */
export async function loadUnfinished(
  run: Run,
  accountKey: string,
  openRun: OpenRun,
  prefix: string,
): Promise<UnfinishedRun> {
  const { state, signal, emit } = run;
  const name = openRun.journal ?? openRun.runId;
  const sent = await changeSetOf(run, accountKey, openRun, prefix);
  try {
    const { batches } = foldJournal(await readJournal(state.journals, accountKey, name, signal));
    return { sent, batches, journal: await openJournal(state.journals, accountKey, name, signal) };
  } catch (error) {
    if (!(error instanceof Failure) || !isLost(error)) throw error;
    emit({
      type: "warning",
      export: undefined,
      message: `${error.message} Every request of the unfinished run counts as perhaps sent, and is looked up.`,
    });
    return { sent, batches: markAllPerhapsSent(sent, openRun), journal: undefined };
  }
}

async function changeSetOf(
  run: Run,
  accountKey: string,
  openRun: OpenRun,
  prefix: string,
): Promise<LoadedManifest> {
  try {
    return await loadManifest(run, openRun.changeSet, prefix);
  } catch (error) {
    if (!(error instanceof Failure) || !isLost(error)) throw error;
    throw new Failure(
      "permanent",
      `the run of ${shownTime(openRun.startedAt, run.config.timezone)} was cut off, and what it was sending to ${accountKey} is lost: ${error.message}`,
      {
        hint: `Restore the state from a backup. Without one, \`${commandLine(["state", "abandon", accountKey])}\` gives that run up and says what this means.`,
        cause: error,
      },
    );
  }
}

/** Missing, or other bytes than were stored; not what a disk, a wrong key or a newer format brings about. */
export function isLost({ kind, cause }: Failure): boolean {
  const byDisk = typeof (cause as NodeJS.ErrnoException | undefined)?.code === "string";
  return kind === "not-found" || (kind === "permanent" && !byDisk);
}

function markAllPerhapsSent({ batches, shipments }: LoadedManifest, { startedAt }: OpenRun): BatchState[] {
  return batches.flatMap(({ batch, shipment: index }) => {
    const shipment = shipments[index];
    if (shipment === undefined) return [];
    return [
      {
        export: shipment.exportName,
        batch,
        operation: shipment.operation,
        route: "",
        intent: 0,
        sentAt: startedAt,
        progress: { status: "unknown" },
        refused: [],
        parts: "none",
      },
    ];
  });
}
