import { Failure } from "../../model/failure.js";

/** A stretch of what a person wrote, in UTF-16 units from its start. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

interface About {
  readonly hint?: string | undefined;
  /** Where it shows, of what the person wrote. */
  readonly stretch?: Stretch | undefined;
  /** The name that it is about, which is in the SQL. */
  readonly name?: string | undefined;
  /** The column of that name is missing. */
  readonly missing?: boolean | undefined;
  /** It may be right with columns of other types. */
  readonly dependsOnTypes?: boolean | undefined;
}

/** What is wrong with SQL that a person wrote, told before a row of data is read. */
export class SqlFault extends Failure {
  readonly stretch: Stretch | undefined;
  readonly named: string | undefined;
  readonly missing: boolean;
  readonly dependsOnTypes: boolean;

  constructor(message: string, { hint, stretch, name, missing = false, dependsOnTypes = false }: About = {}) {
    super("invalid", message, hint === undefined ? {} : { hint });
    this.stretch = stretch;
    this.named = name;
    this.missing = missing;
    this.dependsOnTypes = dependsOnTypes;
  }
}
