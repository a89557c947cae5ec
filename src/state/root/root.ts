import { createHash, randomUUID } from "node:crypto";
import { Failure } from "../../model/failure.js";
import type { DestinationType } from "../../model/config/connection.js";
import type { AccountState, BlobRef, ExportState, NoticeState, StateRoot } from "./root.gen.js";
import { ownValue } from "../../model/own-value.js";
import { validateStateRoot } from "../../validators/state-root.gen.js";
import { findProblem } from "../../validators/validator.js";

export type {
  AccountState,
  AppliedDefinition,
  BlobRef,
  ExportActivity,
  ExportState,
  ForgottenRef,
  LastRun,
  LedgerPart,
  LedgerRef,
  ListIdentity,
  NoticeState,
  OpenRun,
  OptOutsRef,
  RunCounts,
  StateRoot,
  ToldCondition,
} from "./root.gen.js";

export const ROOT_FORMAT = 1;

const RESTORE =
  "Move the state away (the folder, or what lies under its prefix or name) and restore a backup (`rollcall state push FOLDER`). Without one, plan again: " +
  "the first run reads the lists and takes nobody off them.";

/** The key of an account in `accounts`; vendors' ids alone could collide. */
export function accountKey(type: DestinationType, id: string): string {
  return `${type}:${id}`;
}

/** A state with nothing in it and a lineage of its own; its serial becomes 1 with the first write. */
export function emptyRoot(environment?: string): StateRoot {
  const root: StateRoot = {
    formatVersion: ROOT_FORMAT,
    lineage: randomUUID(),
    serial: 0,
    exports: {},
    accounts: {},
  };
  return environment === undefined ? root : { ...root, environment };
}

/** What is recorded about an export; safe for names such as `constructor`. */
export function exportState(root: Pick<StateRoot, "exports">, name: string): ExportState | undefined {
  return ownValue(root.exports, name);
}

/** Whether a run has ended well for it; if not, its list was adopted, or its first run was cut off. */
export function wasApplied({ lastRun }: Pick<ExportState, "lastRun">): boolean {
  return lastRun !== undefined;
}

/** What is recorded about an account, by `accountKey`. */
export function accountState(root: Pick<StateRoot, "accounts">, key: string): AccountState | undefined {
  return ownValue(root.accounts, key);
}

/** What is recorded about notices on a subject: an export of a command, or a command as a whole. */
export function noticeState(root: StateRoot, subject: string): NoticeState | undefined {
  return ownValue(root.notices, subject);
}

/** Reads a root document; `label` names the backend in messages. */
export function parseRoot(bytes: Uint8Array, label: string): StateRoot {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Failure("invalid", `the state in ${label} is damaged: its root document is not JSON`, {
      hint: RESTORE,
    });
  }
  const version = (value as { formatVersion?: unknown } | null)?.formatVersion;
  if (typeof version === "number" && version > ROOT_FORMAT) {
    throw new Failure(
      "invalid",
      `the state in ${label} was written by a newer rollcall (state format ${version}, this one knows ${ROOT_FORMAT})`,
      { hint: "Install the version of rollcall that your team uses; nothing was changed." },
    );
  }
  const problem = findProblem(value, validateStateRoot);
  if (problem !== undefined) {
    throw new Failure("invalid", `the state in ${label} is damaged: ${problem}`, { hint: RESTORE });
  }
  const { checksum, ...root } = value as StateRoot;
  if (checksum !== undefined && checksum !== checksumIn(bytes)) {
    throw new Failure("invalid", `the state in ${label} is damaged: its root document was changed`, {
      hint: RESTORE,
    });
  }
  const odd = blobRefs(root).find(({ name, sha256 }) => !name.endsWith(`/${sha256}`));
  if (odd !== undefined) {
    throw new Failure("invalid", `the state in ${label} is damaged: it calls a blob ${odd.name}`, {
      hint: RESTORE,
    });
  }
  return root;
}

/** Every blob that a root names. */
export function blobRefs(root: StateRoot): BlobRef[] {
  // What an export's definition holds is not ours.
  const exports = Object.values(root.exports).map((one) => ({ ...one, definition: undefined }));
  return refsIn({ ...root, exports });
}

function refsIn(value: unknown): BlobRef[] {
  if (typeof value !== "object" || value === null) return [];
  if ("sha256" in value) return [value as BlobRef];
  return Object.values(value).flatMap(refsIn);
}

/** Writes a root document with its checksum; refuses one that it could not read back. */
export function serialiseRoot(root: StateRoot): Uint8Array {
  const problem = findProblem(root, validateStateRoot);
  if (problem !== undefined) throw new TypeError(`a state root that breaks its own schema: ${problem}`);
  const body = Buffer.from(JSON.stringify(root, undefined, 1).slice(0, -CLOSING.length));
  return Buffer.concat([body, Buffer.from(`,\n "checksum": "${checksumOf(body)}"\n}\n`)]);
}

const CLOSING = "\n}";
const END = /^,\n "checksum": "[0-9a-f]{64}"\n\}\n$/;
const END_BYTES = 84;

/** What the checksum of a document has to be; undefined when it does not end with one. */
function checksumIn(bytes: Uint8Array): string | undefined {
  const body = bytes.subarray(0, -END_BYTES);
  return END.test(Buffer.from(bytes.subarray(body.length)).toString("latin1")) ? checksumOf(body) : undefined;
}

/** Of the document without its checksum; `body` is what comes before the closing brace. */
function checksumOf(body: Uint8Array): string {
  return createHash("sha256").update(body).update(CLOSING).digest("hex");
}
