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

/** An approval of this very plan whose signature was verified. */
export interface Approval {
  /** Principal of the key that signed it. */
  readonly signer: string;
  /** Those that the signer is in. */
  readonly groups: readonly string[];
  /** ISO time. */
  readonly approvedAt: string;
}
