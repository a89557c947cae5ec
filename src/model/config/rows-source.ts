import type { RowFormat } from "../file-format.js";
import type { FileRules, Source } from "./source.js";

/** A source whose rows are in files, and what its config says of how they are written. */
export interface RowsSource extends Source {
  /** `addresses`: one address a line without a heading, or a CSV with one. */
  readonly format: RowFormat | "addresses" | undefined;
  readonly delimiter: string | undefined;
  readonly rules: FileRules;
}
