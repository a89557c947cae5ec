import type { RowFormat } from "../../model/file-format.js";
import type { FileRules, Source } from "../../model/config/source.js";

export interface FilesSource extends Source {
  /** Globs relative to `folder`. */
  readonly paths: readonly string[];
  /** `addresses`: one address a line without a heading, or a CSV with one. */
  readonly format: RowFormat | "addresses" | undefined;
  readonly delimiter: string | undefined;
  readonly rules: FileRules;
}
