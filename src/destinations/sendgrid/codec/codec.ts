import { Failure } from "../../../model/failure.js";
import type { Operation } from "../../../model/plan/change.js";
import type { Connection } from "../../../model/config/connection.js";
import type { Binding, Codec, Route, PlannedWork } from "../../../plugin/codec.js";
import { literal } from "../../../plugin/relation.js";
import { mayClearApart, SEPARATOR, wireSql } from "./clears.js";
import { takesAnyText } from "../fields.js";
import { isUnlimited, PER_MINUTE } from "../limits.js";
import { matchesSql } from "./matches.js";
import { payloadSql } from "./payload.js";

/** At most 30,000 contacts or 6 MB a request. Source: the reference of `PUT /v3/marketing/contacts`. */
const MAX_CONTACTS = 30_000;
/** Below 6 MB whichever way it is counted. */
const MAX_BYTES = 5_900_000;
/**
 * The ids are in the URL: nginx answers 414 from about 8,150 characters, and
 * a hundred ids take 3,900. Source: Segment's and RudderStack's destinations.
 */
export const MAX_REMOVALS = 100;
/** Every recorded upsert became visible, and its job finished, after about half a minute. */
const JOB_MINUTES = 0.5;

export function codec(bindings: readonly Binding[], connection: Connection): Codec {
  return {
    payload: payloadSql(bindings),
    group: "''",
    matches: matchesSql(bindings),
    recognisedBy: undefined,
    doubtful: {
      kinds: bindings.length === 0 ? [LIKE_A_TYPED_VALUE] : bindings.flatMap(doubtsOf),
      why: "SendGrid loses a whole contact with a number, a date or a phone number that it does not take, and perhaps what empties such a field: `nulls: leave` empties none.",
    },
    route: (operation) => ({
      ...ROUTES[operation],
      ...(operation === "remove" ? {} : { wire: wireSql(bindings) }),
    }),
    forecast: (work) => forecast(work, connection, mayClearApart(bindings) ? 2 : 1),
  };
}

/**
 * A value that SendGrid does not take for its field loses the whole contact
 * behind a 202 (recorded for dates and phone numbers), and that `""` clears is
 * recorded for text only. So, each apart: a number, a date or a phone number,
 * and such a field cleared.
 */
function doubtsOf({ field }: Binding): string[] {
  if (takesAnyText(field)) return [];
  const name = `${JSON.stringify(field.id)}:`;
  // No text holds either, because quotes inside of one are escaped.
  const cleared = `contains(payload, ${literal(`${name}""`)})`;
  return [cleared, `contains(payload, ${literal(name)}) AND NOT ${cleared}`];
}

/** The same of a payload whose bindings are not at hand: any clear, and what looks like such a value. */
const LIKE_A_TYPED_VALUE = `regexp_matches(payload, '":(""|-?[0-9]|"[0-9]{4}-[0-9]{2}-[0-9]{2}T00:00:00Z")|"phone_number":')`;

const UPSERT = {
  maxRows: MAX_CONTACTS,
  maxBytes: MAX_BYTES,
  wire: "payload",
  needsMembers: false,
  needsContactId: false,
  evidence: "job-completed",
} as const;

const ROUTES: Readonly<Record<Operation, Route>> = {
  add: {
    name: "add",
    ...UPSERT,
    envelope: (_group, listId) => ({
      prefix: `{"list_ids":[${JSON.stringify(checkedListId(listId))}],"contacts":[${SEPARATOR}`,
      separator: SEPARATOR,
      suffix: `${SEPARATOR}]}`,
    }),
  },
  // Without list_ids: an update never changes who is on a list.
  update: {
    name: "update",
    ...UPSERT,
    envelope: () => ({
      prefix: `{"contacts":[${SEPARATOR}`,
      separator: SEPARATOR,
      suffix: `${SEPARATOR}]}`,
    }),
  },
  remove: {
    name: "remove",
    maxRows: MAX_REMOVALS,
    maxBytes: 8_000,
    wire: "contact_id",
    envelope: () => ({ prefix: "", separator: ",", suffix: "" }),
    needsMembers: false,
    needsContactId: true,
    // That the job of a removal can be looked up is not documented.
    evidence: "read-back",
  },
};

/** `each`: requests of a batch that writes. */
function forecast(
  work: readonly PlannedWork[],
  connection: Connection,
  each: number,
): { requests: number; minutes: number } {
  let requests = 0;
  let minutes = 0;
  for (const { operation, batches } of work) {
    requests += operation === "remove" ? batches : batches * each;
    if (isUnlimited(connection) || batches === 0) continue;
    // Upserts wait for one job after the other, removals once for the list to show them all.
    if (operation === "remove") minutes += batches / PER_MINUTE.lists + JOB_MINUTES;
    else minutes += (batches * each) / PER_MINUTE.upsert + batches * JOB_MINUTES;
  }
  return { requests, minutes };
}

const LIST_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function checkedListId(id: string): string {
  if (LIST_ID.test(id)) return id;
  throw new Failure("invalid", "The id of a SendGrid list is a UUID.", {
    hint: "Copy it from the list's page in SendGrid, or run `rollcall connections test` to see all lists.",
  });
}
