import type { AttributeType, NullPolicy } from "../config/attribute.js";

/**
 * How values are read, as a number: since 2 as the sources have written them, and by a grammar of ours. Another reading
 * of the same data is not churn.
 */
export const READING = 2;

/**
 * An export compiled to SQL: everything that decides who is desired and with
 * which values. Plain data, kept in state as last applied, so that a later plan
 * can tell a changed config from changed profiles.
 */
export interface ExportProgram {
  readonly version: 1;
  /** The `READING` of its time; missing in programs that were recorded before there was a second one. */
  readonly reading?: number;
  /** Segments (and those they build on) as SELECTs, in order of use. */
  readonly views: readonly { readonly name: string; readonly sql: string }[];
  /** Sources and address files that the views read, by engine name. */
  readonly sources: readonly string[];
  /** The export's segments in order; the first that holds an address wins it. */
  readonly segments: readonly { readonly view: string; readonly orderBy: string | undefined }[];
  readonly email: string;
  readonly person: string | undefined;
  readonly consent: string | undefined;
  /** Views of people who are never sent, with the expression of their address. */
  readonly suppressions: readonly Addresses[];
  /** Views whose people some segment takes out; missing in programs that were recorded before it was noted. */
  readonly exclusions?: readonly Addresses[];
  readonly attributes: readonly AttributeProgram[];
}

/** A view, with the expression of the address in its rows. */
export interface Addresses {
  readonly view: string;
  readonly email: string;
}

export interface AttributeProgram {
  readonly name: string;
  /** How the destination names the field; a part of what is hashed. */
  readonly field: string;
  readonly sql: string;
  readonly type: AttributeType;
  readonly nulls: NullPolicy;
  readonly choices: readonly string[];
  readonly maxLength: number | undefined;
  /** As in the mapping. */
  readonly format?: string;
  readonly decimal?: "," | ".";
  /** Only for phones: expression of the country, and whether it is the SMS identifier. */
  readonly country: string | undefined;
  readonly sms: boolean;
}
