import type { Source } from "../../model/config/source.js";

export interface PostgresSource extends Source {
  /** With its schema before it, where it has one. */
  readonly table: string | undefined;
  /** One SELECT, in the words of the database. */
  readonly query: string | undefined;
  readonly timeoutSeconds: number;
}
