import type { Limit } from "./export.js";

/** Who may approve, and how long plans and approvals last. */
export interface ApprovalRules {
  /** Absolute path of the file of keys, as `ssh-keygen` has it. */
  readonly allowedSigners: string | undefined;
  /** Principals by group. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** Other names of a principal: in CI systems, in commits. */
  readonly identities: ReadonlyMap<string, readonly string[]>;
  readonly maxAgeSeconds: number;
  readonly maxPlanAgeSeconds: number;
  /** How far counts may move between an approval and `apply --expect-digest`. */
  readonly tolerance: Limit;
}

/** What somebody signs: one plan, once. */
export interface ApprovalStatement {
  readonly kind: "rollcall-approval";
  readonly formatVersion: 1;
  /** Of this statement, so that it counts once. */
  readonly id: string;
  /** SHA-256 of the plan file, or of the text that `--expect-digest` takes. */
  readonly digest: string;
  /** ISO time. */
  readonly approvedAt: string;
}

/** A statement and its SSH signature, as a file beside the plan. */
export interface SignedApproval {
  readonly statement: ApprovalStatement;
  /** Armoured, as `ssh-keygen -Y sign` makes it, over the canonical JSON of the statement. */
  readonly signature: string;
}

/** An approval of this very plan whose signature was verified. */
export interface Approval {
  /** Of its statement. */
  readonly id: string;
  /** Principal of the key that signed it. */
  readonly signer: string;
  /** Those that the signer is in. */
  readonly groups: readonly string[];
  /** ISO time. */
  readonly approvedAt: string;
}
