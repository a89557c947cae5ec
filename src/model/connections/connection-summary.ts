import type { AgreementEntry, AgreementState } from "./agreement.js";
import type { DestinationType } from "../config/connection.js";

/** What somebody may know of a connection; of one that they may not use, name and type only. */
export interface ConnectionSummary {
  readonly name: string;
  readonly type: DestinationType;
  readonly details?: {
    readonly displayName: string | undefined;
    readonly usableBy: "admins" | "contributors";
    readonly consent: AgreementState;
    /** Names of the exports that name it. */
    readonly exports: readonly string[];
  };
}

/** The consent of a connection: what is agreed to, what the config says, what applies found. */
export interface ConsentReport {
  readonly connection: string;
  readonly state: AgreementState;
  /** As the config has it now. */
  readonly configured:
    { readonly agreed: boolean; readonly by: string; readonly on: string; readonly text: string } | undefined;
  /** The text that Rollcall ships; undefined when another one was agreed to. */
  readonly text: { readonly version: string; readonly paragraphs: readonly string[] } | undefined;
  /** Oldest first. */
  readonly recorded: readonly AgreementEntry[];
}
