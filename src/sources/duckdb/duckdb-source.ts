import type { Source } from "../../model/config/source.js";

export interface DuckdbSource extends Source {
  /** Absolute path of the database file. */
  readonly path: string;
  readonly table: string | undefined;
  readonly sql: string | undefined;
}
