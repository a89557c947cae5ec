import type { RowsSource } from "../../model/config/rows-source.js";

export interface FilesSource extends RowsSource {
  /** Globs relative to `folder`. */
  readonly paths: readonly string[];
}
