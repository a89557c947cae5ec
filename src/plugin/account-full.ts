import { Failure } from "../model/failure.js";
import type { Relation } from "./relation.js";

/** The account stores no more contacts, which is nobody's fault in particular and stops everything sent to it. */
export class AccountFull extends Failure {
  /** Whom the job did not store: `email` VARCHAR, `reason` VARCHAR (NULL: because the account is full). Undefined when nobody can tell. */
  readonly unstored: Relation | undefined;

  constructor(message: string, options: { readonly hint: string; readonly unstored?: Relation }) {
    super("permanent", message, options);
    this.unstored = options.unstored;
  }
}
