import type { Source } from "../../model/source.js";

export interface DuckdbSource extends Source {
  /** Absolute path of the database file. */
  readonly path: string;
  readonly table: string | undefined;
  readonly sql: string | undefined;
}
