import type { RowsSource } from "../../model/config/rows-source.js";
import type { RowFormat } from "../../model/file-format.js";

export interface CommandSource extends RowsSource {
  readonly format: RowFormat;
  /** A program and its arguments, in one of which `{output}` may stand for the file that it is to write. */
  readonly command: readonly string[];
  /** Another one that prints how many rows there are. */
  readonly countCommand: readonly string[] | undefined;
  /** How the last line of the output is written, with `{rows}` where their number stands. */
  readonly trailer: string | undefined;
  /** Variables that the program sees, besides those that every program needs. */
  readonly passEnv: readonly string[];
  readonly timeoutSeconds: number;
}
