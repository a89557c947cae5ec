import {
  address,
  amount,
  anyObject,
  digits,
  either,
  filledText,
  listOf,
  maybe,
  number,
  object,
  recordOf,
  text,
  truth,
  type Of,
  type Shape,
} from "../../platform/http/shape.js";

/** What is needed of SendGrid's answers; `contract.schema.json` says the same for checking requests, too. */

export const SCOPES = object({ scopes: listOf(text) });
export const USER = object({ user_id: either(number, digits), username: text });
export const CONTACT_COUNT = object({ contact_count: amount, billable_count: maybe(amount) });
export const NEW_EXPORT = object({ id: filledText });
export const NEW_JOB = object({ job_id: filledText });

const FIELD = object({ name: filledText, field_type: text, read_only: maybe(truth) });
const CUSTOM_FIELD = object({ id: filledText, name: filledText, field_type: text });
export const FIELD_DEFINITIONS = object({
  // Missing in accounts without any, although the reference requires it.
  custom_fields: maybe(listOf(CUSTOM_FIELD)),
  reserved_fields: listOf(FIELD),
});
export type FieldDefinitions = Of<typeof FIELD_DEFINITIONS>;
export type FieldDefinition = Of<typeof FIELD>;

export const LIST = object({ id: filledText, name: text, contact_count: maybe(amount) });
export type ListObject = Of<typeof LIST>;
export const LIST_PAGE = object({
  result: listOf(LIST),
  _metadata: maybe(object({ next: maybe(text), count: maybe(amount) })),
});
export type ListPage = Of<typeof LIST_PAGE>;

const MEMBERS = object({
  id: filledText,
  email: maybe(text),
  alternate_emails: maybe(listOf(text)),
  list_ids: listOf(filledText),
  custom_fields: maybe(anyObject),
});
/** Found by an address, so that it has one: its own, or another one besides. */
const FOUND: Shape<Of<typeof MEMBERS>> = (value) => {
  const wrong = MEMBERS(value);
  if (wrong !== undefined) return wrong;
  const { email, alternate_emails: others } = value as Of<typeof MEMBERS>;
  return (email ?? "") !== "" || (others ?? []).length > 0
    ? undefined
    : { path: "email", trouble: "is missing" };
};
/** A contact in answers of a search; custom fields are keyed by name here. */
export type FoundContact = Of<typeof FOUND> & { readonly email: string } & Readonly<Record<string, unknown>>;

const ENTRY = object({ contact: maybe(FOUND), error: maybe(text) });
/** By the address that was searched for: the contact, or why there is none. */
export const SEARCH_RESULT = object({
  result: recordOf<Of<typeof ENTRY>>((value) => {
    const wrong = ENTRY(value);
    if (wrong !== undefined) return wrong;
    const { contact, error } = value as Of<typeof ENTRY>;
    return (contact ?? error) ? undefined : { path: "contact", trouble: "is missing" };
  }),
});

export const EXPORT_STATE = object({
  id: filledText,
  status: oneOf("pending", "ready", "failure"),
  urls: maybe(listOf(filledText)),
  contact_count: maybe(amount),
});
export type ExportState = Of<typeof EXPORT_STATE>;

export const IMPORT_STATE = object({
  id: filledText,
  status: oneOf("pending", "completed", "errored", "failed"),
  results: maybe(object({ errored_count: maybe(amount), errors_url: maybe(text) })),
});
export type ImportState = Of<typeof IMPORT_STATE>;

/** Bounces, spam reports or global unsubscribes. */
export const SUPPRESSIONS = listOf(object({ email: filledText }));
/** One address, or nothing for one that is not suppressed. */
export const SUPPRESSED = object({ recipient_email: maybe(text) });
/** Documented as addresses; objects as in the other lists of suppressions mean the same. */
export const GROUP_SUPPRESSIONS = listOf(either(address, object({ email: filledText })));

function oneOf<const T extends string>(...words: readonly T[]): Shape<T> {
  return (value) =>
    typeof value === "string" && !(words as readonly string[]).includes(value)
      ? { path: "", trouble: `is none of ${words.join(", ")}` }
      : text(value);
}
