import type { FileRules } from "./source.js";

/** A named set of profiles. */
export interface Segment {
  readonly name: string;
  readonly from:
    | { readonly kind: "where"; readonly source: string; readonly where: string | undefined }
    /** `file` holds the SQL, as the config names it; undefined when the config itself does. */
    | { readonly kind: "sql"; readonly sql: string; readonly file?: string }
    /** A file of addresses, one a line or a CSV with an e-mail column; absolute path. */
    | {
        readonly kind: "addresses";
        readonly path: string;
        readonly column: string | undefined;
        readonly rules?: Pick<FileRules, "encoding" | "finalNewline">;
      };
  /** The column that holds the address when the segment is used to exclude or suppress. */
  readonly email: string | undefined;
  /** SQL that ranks profiles of one address, best first. */
  readonly orderBy: string | undefined;
  /** Segments whose addresses are taken out. */
  readonly exclude: readonly string[];
  /** Used to exclude or suppress, it may name nobody. */
  readonly allowEmpty: boolean;
}

/** Segments that build on each other; the engine unfolds them into one query, and has an end itself. */
export const MOST_LEVELS = 50;
