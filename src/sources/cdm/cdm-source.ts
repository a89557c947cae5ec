import type { Source } from "../../model/config/source.js";

export interface CdmSource extends Source {
  /** Absolute: a `model.json`, a `*.manifest.cdm.json`, or the folder of one. */
  readonly path: string;
  /** The table, as that file calls it. */
  readonly entity: string;
  /** Whether the last line of a partition has to have a line end. */
  readonly finalNewline: "required" | "optional";
}
