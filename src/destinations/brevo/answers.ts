import { Failure } from "../../model/failure.js";
import type { HttpResponse } from "../../platform/http/http-response.js";
import type { Shape } from "../../platform/http/shape.js";

/** An error body is `{code, message}`; `code` is not a reliable enum. Source: Brevo's OpenAPI description. */
export interface ErrorBody {
  readonly code: string;
  readonly message: string;
}

/** Empty strings where the body is something else. */
export function parseErrorBody(response: HttpResponse): ErrorBody {
  try {
    const { code, message } = JSON.parse(response.text) as Record<string, unknown>;
    return {
      code: typeof code === "string" ? code : "",
      message: typeof message === "string" ? message : "",
    };
  } catch {
    return { code: "", message: "" };
  }
}

/** A 4xx that nobody knows what to do with. Only the code goes into the message: the text may name an address. */
export function refusalOf(response: HttpResponse, what: string): Failure {
  const { code, message } = parseErrorBody(response);
  const id = response.requestId === undefined ? "" : `, request ${response.requestId}`;
  const detail = `(${response.status}${/^[a-z_]{1,40}$/i.test(code) ? ` ${code}` : ""}${id})`;
  switch (response.status) {
    case 401:
      // An account setting lets only listed addresses in; a good key then looks bad.
      return /unrecogni[sz]ed ip/i.test(message)
        ? new Failure("auth", `Brevo does not let this machine's IP address in ${detail}.`, {
            hint: "Add the address under Security > Authorised IPs of the Brevo account, or switch the list off. The key itself may be fine.",
          })
        : new Failure("auth", `Brevo does not accept the API key ${detail}.`, {
            hint: "Check which key the connection's apiKey refers to, and that it is a v3 API key.",
          });
    case 402:
      return new Failure("permanent", `${what}: the Brevo account has no credits for this ${detail}.`);
    case 403:
      return new Failure("auth", `${what}: the Brevo account or key may not do this ${detail}.`, {
        hint: "The account's plan may lack the feature, or the account may be suspended.",
      });
    case 404:
      // Brevo names what it does not know; a page comes from somebody else.
      if (code === "") {
        return new Failure("permanent", `${what}: the answer is not Brevo's ${detail}.`, {
          hint: "Check the baseUrl of the connection, and whether a proxy is in between.",
        });
      }
      return new Failure("not-found", `${what}: Brevo does not know it ${detail}.`);
    case 425:
      return new Failure("transient", `${what}: Brevo is still working on it ${detail}.`, {
        hint: "Run again later.",
      });
    default:
      return new Failure("permanent", `${what}: refused by Brevo ${detail}.`);
  }
}

/** The JSON of a 2xx answer that has this shape; anything else is thrown. */
export function parseBody<T>(response: HttpResponse, what: string, shape: Shape<T>): T {
  if (response.status >= 300) throw refusalOf(response, what);
  return response.read(shape);
}
