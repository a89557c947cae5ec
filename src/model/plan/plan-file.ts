import type { Plan } from "./plan.js";

/** Raised whenever a file of before would be misread. */
export const PLAN_FILE_FORMAT = 2;

/**
 * A saved plan: small, without an address in it, and good for one apply. The
 * rows lie in the state store under `rows`.
 */
export interface PlanFile {
  readonly kind: "rollcall-plan";
  readonly formatVersion: typeof PLAN_FILE_FORMAT;
  /** Of this file, so that two plans of the same content are two. */
  readonly id: string;
  readonly plan: Plan;
  /** Who wrote what is planned, as CI and git tell: none of them approves it. */
  readonly authors: readonly string[];
  /** ISO time after which it is stale. */
  readonly expiresAt: string;
  /** SHA-256 of what the `moved` and `removed` blocks make of the record. */
  readonly blocks: string;
  /** What each export's rows were computed from, by export. */
  readonly bases: Readonly<Record<string, PlanBase>>;
  readonly rows: PlanRows;
}

export interface PlanBase {
  /** 0 while nothing is recorded. */
  readonly generation: number;
  /** Digest of the definition. */
  readonly definition: string;
  readonly list: { readonly account: string; readonly id: string | null };
  /** SHA-256 of the fields that payloads name. */
  readonly fields: string;
  /** See `fingerprintClaims`. */
  readonly claims: string;
}

/** A blob of the state. */
export interface PlanRows {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}
