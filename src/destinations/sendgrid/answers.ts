import { Failure } from "../../model/failure.js";
import type { HttpResponse } from "../../platform/http/http-response.js";
import type { Shape } from "../../platform/http/shape.js";
import { AccountFull } from "../../plugin/account-full.js";
import type { Relation } from "../../plugin/relation.js";
import { scopeOf } from "./scopes.js";
import { removeValues } from "./without-values.js";

export interface ErrorEntry {
  readonly message: string;
  /** For example `contacts[0].email`. */
  readonly field: string;
}

/**
 * What an error answer says. The shape is `{errors: [{message, field?}]}`, but
 * removals answer a bare `{message}`, lists an array of them, some 404 have no
 * body, and a proxy in front answers HTML: all of those give fewer or no entries.
 */
export function parseErrorEntries(response: HttpResponse): ErrorEntry[] {
  try {
    return entriesOf(JSON.parse(response.text)).map(entry);
  } catch {
    return [];
  }
}

function entriesOf(body: unknown): readonly unknown[] {
  if (Array.isArray(body)) return body;
  const { errors, error } = (body ?? {}) as Record<string, unknown>;
  return Array.isArray(errors) ? errors : [error ?? body];
}

function entry(raw: unknown): ErrorEntry {
  if (typeof raw === "string") return { message: raw, field: "" };
  const { message, field } = (raw ?? {}) as Record<string, unknown>;
  return {
    message: typeof message === "string" ? message : "",
    field: typeof field === "string" ? field : "",
  };
}

/** The JSON of a 2xx answer that has this shape; anything else is thrown. */
export function parseBody<T>(response: HttpResponse, what: string, shape: Shape<T>): T {
  if (response.status >= 300) throw refusalOf(response, what);
  return response.read(shape);
}

/** A 4xx as a failure; the message says what failed and never quotes a value. */
export function refusalOf(response: HttpResponse, what: string): Failure {
  const id = response.requestId === undefined ? "" : `, request ${response.requestId}`;
  const detail = `(${response.status}${id})`;
  const said = parseErrorEntries(response)
    .map(({ message }) => removeValues(message))
    .find((message) => message !== "");
  const sentence = said === undefined ? "" : ` SendGrid says: ${said.replace(/\.?$/, ".")}`;
  switch (response.status) {
    case 401:
      return new Failure("auth", `SendGrid does not accept the API key ${detail}.`, {
        hint: "Check which key the connection's apiKey refers to, and that it has not been deleted.",
      });
    case 403: {
      const scope = scopeOf(response.request) ?? "the Marketing and Suppressions permissions";
      return new Failure(
        "auth",
        `${what}: the SendGrid API key may not do this: ${response.request} ${detail}.${sentence}`,
        {
          hint: `Give the key ${scope}, and check the account's IP access management.`,
        },
      );
    }
    case 404:
      return new Failure("not-found", `${what}: SendGrid does not know it ${detail}.`);
    case 413:
      return new Failure("permanent", `${what}: the request is too large for SendGrid ${detail}.`);
    case 414:
      return new Failure("permanent", `${what}: the request's URL is too long for SendGrid ${detail}.`);
    default:
      if (said !== undefined && isContactLimit(said)) return accountFull();
      return new Failure("permanent", `${what}: refused by SendGrid ${detail}.${sentence}`);
  }
}

/** Source: sendgrid/sendgrid-go#413. */
export function isContactLimit(said: string): boolean {
  return /contacts? limit/i.test(said);
}

export function accountFull(unstored?: Relation): AccountFull {
  return new AccountFull("The SendGrid account has reached the number of contacts of its plan.", {
    hint: "Remove contacts from the account or raise its plan, then run again: what is missing is sent then.",
    ...(unstored === undefined ? {} : { unstored }),
  });
}
