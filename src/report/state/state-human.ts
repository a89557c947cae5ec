import { commandLine } from "../../model/words/command-line.js";
import { formatCount, counted, size } from "../layout/quantity.js";

interface Amount {
  readonly blobs: number;
  readonly bytes: number;
}

/** What `state gc` deleted or would delete. */
export function collectedHuman(
  { deleted, kept }: { readonly deleted: Readonly<Record<string, Amount>>; readonly kept: Amount },
  dryRun: boolean,
): string {
  const kinds = Object.entries(deleted);
  const blobs = kinds.reduce((sum, [, amount]) => sum + amount.blobs, 0);
  const bytes = kinds.reduce((sum, [, amount]) => sum + amount.bytes, 0);
  const lines = kinds.map(([kind, amount]) => `  ${kind.padEnd(12)} ${amountText(amount)}`);
  const verb = dryRun ? "Would delete" : "Deleted";
  const head =
    blobs === 0 ? "Nothing to delete." : `${verb} ${amountText({ blobs, bytes })} that nothing needs:`;
  return [head, ...lines, `Kept ${amountText(kept)}.`].join("\n");
}

/** What `state rekey` did. */
export function rekeyedHuman(result: {
  readonly keyId: string;
  readonly rewritten: number;
  readonly deleted: number;
}): string {
  if (result.rewritten === 0 && result.deleted === 0)
    return `Everything is encrypted with the key ${result.keyId} already. Keys under \`previousKeys\` are not needed any more.`;
  return (
    `Encrypted ${counted(result.rewritten, "file", "files")} with the key ${result.keyId} and deleted ` +
    `${counted(result.deleted, "old one", "old ones")}. Keys under \`previousKeys\` are not needed any more.`
  );
}

/** What `state pull` copied. */
export function pulledHuman(result: {
  readonly folder: string;
  readonly serial: number;
  readonly blobs: number;
  readonly bytes: number;
}): string {
  return (
    `Copied the state (serial ${formatCount(result.serial)}, ${amountText(result)}) to ${result.folder}. ` +
    `Bring it back with \`${commandLine(["state", "push", result.folder])}\`.`
  );
}

/** What `state push` brought back. */
export function pushedHuman(
  result: { readonly serial: number; readonly blobs: number; readonly changed: boolean },
  dryRun: boolean,
): string {
  if (!result.changed && result.blobs === 0)
    return `The state has all of it already (serial ${formatCount(result.serial)}).`;
  const blobs = counted(result.blobs, "blob", "blobs");
  if (dryRun) return `Would put ${blobs}${result.changed ? " and write the root" : ""}. Nothing was changed.`;
  return `Put ${blobs}; the state is at serial ${formatCount(result.serial)}.`;
}

function amountText({ blobs, bytes }: Amount): string {
  return `${counted(blobs, "blob", "blobs")} (${size(bytes)})`;
}
