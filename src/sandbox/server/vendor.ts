import type { Standing, Window } from "./limits.js";
import type { Reply } from "./reply.js";
import type { Incoming } from "./request.js";
import type { Route } from "./router.js";

/** What the server needs to know about a vendor. */
export interface Vendor<Account> {
  readonly name: "brevo" | "sendgrid";
  /** Where its API begins below the sandbox's address. */
  readonly prefix: string;
  readonly routes: readonly Route<Account>[];
  /** The account that the request's key belongs to, or the refusal. */
  authenticate(request: Incoming): Account | Reply;
  /** Refusals of the web server in front, before keys are looked at. */
  gateway(request: Incoming): Reply | undefined;
  /** Name of the counter that a request uses up. */
  bucket(account: Account, route: Route<Account>): string;
  windows(account: Account, route: Route<Account>): readonly Window[];
  limitHeaders(
    standing: Standing,
    now: number,
    account: Account,
    route: Route<Account>,
  ): Record<string, string>;
  readonly tooMany: Reply;
  readonly unknownPath: Reply;
  /** Behind the JSON of an answer. */
  readonly jsonEnd: string;
  /** Headers of every answer. */
  headers(): Record<string, string>;
}
