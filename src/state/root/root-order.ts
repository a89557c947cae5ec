import { Failure } from "../../model/failure.js";
import type { StateRoot } from "./root.gen.js";

/**
 * Throws when a root document is not the one that follows the one before it:
 * an older copy under a newer name would forget what was sent since. `before`
 * are its bytes, where the store keeps them.
 */
export function mustFollowRoot(root: StateRoot, before: Uint8Array | undefined, label: string): void {
  const known = numbersOf(before);
  if (known === undefined) return;
  const { serial, replaces = serial - 1, lineage } = root;
  if (lineage === known.lineage && replaces === known.serial) return;
  const why =
    lineage === known.lineage
      ? `its root document says serial ${serial} and stands after serial ${known.serial}`
      : "its root document is that of another state than the one before it";
  throw new Failure("invalid", `the state in ${label} is damaged: ${why}`, {
    hint: "Somebody has put an older copy, or another one, in the place of the newest. Take that file away again, or move the state away and restore a backup (`rollcall state push FOLDER`).",
  });
}

/** Throws when a store gives an older document than it gave before. */
export function mustNotGoBack(root: StateRoot, known: StateRoot, label: string): void {
  if (root.lineage !== known.lineage || root.serial >= known.serial) return;
  throw new Failure(
    "invalid",
    `the state in ${label} went back from serial ${known.serial} to ${root.serial} while this run was at work`,
    {
      hint: "Somebody has put an older copy in its place. Bring the newest back, or a backup (`rollcall state push FOLDER`).",
    },
  );
}

/** How `serialiseRoot` begins a document; it is long where there are many exports. */
const START = /^\{\s*"formatVersion": \d+,\s*"lineage": "([0-9a-f-]+)",\s*"serial": (\d+),/;
const START_BYTES = 200;

/** Undefined for what is not a root document: then it is not told what came after it. */
function numbersOf(bytes: Uint8Array | undefined): Pick<StateRoot, "serial" | "lineage"> | undefined {
  if (bytes === undefined) return undefined;
  const [start, startLineage = "", startSerial] =
    START.exec(Buffer.from(bytes.subarray(0, START_BYTES)).toString("latin1")) ?? [];
  if (start !== undefined) return { lineage: startLineage, serial: Number(startSerial) };
  try {
    const value = JSON.parse(Buffer.from(bytes).toString("utf8")) as Partial<StateRoot> | null;
    const { serial, lineage } = value ?? {};
    return typeof serial === "number" && typeof lineage === "string" ? { serial, lineage } : undefined;
  } catch {
    return undefined;
  }
}
