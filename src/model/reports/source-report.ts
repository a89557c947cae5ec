import type { SourcePlan } from "../plan/plan.js";

/** A source as the config has it, and what is made of it. */
export interface SourceSummary {
  readonly name: string;
  readonly type: string;
  /** Files and patterns of files, as seen from the folder of the config. */
  readonly paths: readonly string[];
  /** The table that is read; missing where it is files, or the rows of a query. */
  readonly table?: string;
  readonly minimumRows?: number;
  /** Seconds that its data may be old. */
  readonly maxAge?: number;
  readonly segments: readonly string[];
  readonly exports: readonly string[];
}

/** What a source answered when it was read, or why it did not. */
export interface SourceReport {
  readonly name: string;
  readonly type: string;
  /** In their order; as far as a first look showed them where it could not be read. */
  readonly columns: readonly SourceColumn[];
  /** Missing where it could not be read as a whole. */
  readonly read?: Omit<SourcePlan, "name" | "type">;
  readonly error?: { readonly kind: string; readonly message: string; readonly hint: string | undefined };
}

export interface SourceColumn {
  /** Missing where it may be a value of somebody rather than a name. */
  readonly name?: string | undefined;
  /** In the engine's words; missing where nothing was read. */
  readonly type?: string;
}

/** A look at rows. Holds no value of anybody unless `revealed`. */
export interface SourcePreview {
  readonly source: string;
  readonly revealed: boolean;
  readonly rows: number;
  readonly columns: readonly PreviewColumn[];
  /** The first rows, their values in the order of the columns; null where there is none. */
  readonly sample: readonly (readonly (string | null)[])[];
}

export interface PreviewColumn extends SourceColumn {
  readonly type: string;
  /** In how many rows there is no value, or an empty text. */
  readonly empty: number;
}
