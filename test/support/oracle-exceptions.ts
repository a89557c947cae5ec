import type { Exchange } from "../../src/sandbox/index.js";

/** Where live traffic, or the contract's own text, differs from the contract's schema. */
export interface Exception {
  readonly reason: string;
  readonly applies: (exchange: Exchange, violation: string) => boolean;
}

export const EXCEPTIONS: readonly Exception[] = [
  {
    reason:
      "401, 403, 413, 414 and 429 come from gateways and limits; the contracts list them for some endpoints only",
    applies: ({ status }, text) =>
      [401, 403, 413, 414, 429].includes(status) && text.startsWith("response: status"),
  },
  {
    reason: "Brevo: recorded answers have listUnsubscribed null, the schema says array",
    applies: ({ vendor }, text) => vendor === "brevo" && /listUnsubscribed must be array/.test(text),
  },
  {
    reason:
      "SendGrid: the schema limits each searched address to 100 characters where the text means 100 addresses",
    applies: ({ path }, text) =>
      path.endsWith("/search/emails") && /NOT have more than 100 characters/.test(text),
  },
  {
    reason: "SendGrid: custom_fields is missing while an account has none (met by clients of the API)",
    applies: ({ path }, text) =>
      path === "/v3/marketing/field_definitions" && /required property 'custom_fields'/.test(text),
  },
  {
    reason:
      "SendGrid: the text says that an address which is not suppressed answers {}, the schema requires a member",
    applies: ({ path, method }, text) =>
      method === "GET" &&
      path.startsWith("/v3/asm/suppressions/global/") &&
      /required property 'recipient_email'/.test(text),
  },
  {
    reason: "SendGrid: error bodies carry field null (recorded 401 and 429), some schemas say string",
    applies: ({ vendor, status }, text) =>
      vendor === "sendgrid" && status >= 400 && /field must be string/.test(text),
  },
  {
    reason:
      "SendGrid: the job_id of DELETE /contacts is typed as object there and as string for every other job",
    applies: ({ path, method }, text) =>
      method === "DELETE" && path === "/v3/marketing/contacts" && /job_id must be object/.test(text),
  },
  {
    reason:
      "SendGrid: suppressions, groups and lists list successes only; refusals of wrong parameters exist all the same",
    applies: ({ vendor, status }, text) =>
      vendor === "sendgrid" && [400, 404].includes(status) && text.startsWith("response: status"),
  },
  {
    reason:
      "SendGrid: the 404 of one list is typed as an array, that of every other list endpoint as an object with errors",
    applies: ({ path, status }, text) =>
      status === 404 && path.startsWith("/v3/marketing/lists/") && /404 body must be array/.test(text),
  },
];
