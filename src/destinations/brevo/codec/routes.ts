import type { Operation } from "../../../model/plan/change.js";
import type { Connection } from "../../../model/config/connection.js";
import { Failure } from "../../../model/failure.js";
import type { Binding, Route } from "../../../plugin/codec.js";
import { csvHeader, csvRowSql } from "./csv-row.js";
import { clearsBy, isClearedByRequest, NOTHING_CLEARED, readGroup } from "./group.js";
import { singleRowSql } from "./single-row.js";

export const IMPORT = "import";
export const SINGLE = "single";
export const REMOVE = "remove";
/** An import of people for whom something is cleared before, by a request each. */
export const CLEARING = "clear-and-import";

/**
 * Up to this many updates go one by one, which never touches a membership and
 * needs no status requests. Not with booleans: `false` in JSON is reported to be lost.
 */
const SINGLE_UP_TO = 100;

export function isSentSingly(operation: Operation, rows: number, bindings: readonly Binding[]): boolean {
  return operation === "update" && rows <= SINGLE_UP_TO && !bindings.some(({ type }) => type === "boolean");
}

/** The vendor accepts 10 MB and recommends 8. Source: https://developers.brevo.com/reference/import-contacts */
const MAX_BYTES = 8_000_000;

type ImportFormat = "json" | "csv";

/** `importFormat` of the connection; by default CSV when a boolean is mapped, because `false` in JSON is reported to be lost. */
function importFormat(bindings: readonly Binding[], connection: Connection): ImportFormat {
  const chosen = connection.options["importFormat"];
  if (chosen === "json" || chosen === "csv") return chosen;
  return bindings.some((binding) => binding.type === "boolean") ? "csv" : "json";
}

export function routeOf(
  operation: Operation,
  { rows, group }: { readonly rows: number; readonly group: string },
  bindings: readonly Binding[],
  connection: Connection,
): Route {
  if (operation === "remove") return REMOVE_ROUTE;
  if (isSentSingly(operation, rows, bindings)) return singleRoute(bindings);
  const format = importFormat(bindings, connection);
  const imports = importRoute(operation, bindings, format);
  return isClearedByRequest(group, clearsBy(connection)) ? clearingRoute(imports, bindings, format) : imports;
}

function importRoute(operation: Operation, bindings: readonly Binding[], format: ImportFormat): Route {
  return {
    name: IMPORT,
    // No documented number; 200,000 in one import are seen in production.
    maxRows: 200_000,
    maxBytes: MAX_BYTES,
    wire: format === "csv" ? csvRowSql(bindings, "import") : `"payload"`,
    envelope: (group, listId) => importEnvelope(group, listId, bindings, format),
    // An import puts everybody in it on the list, so that an update may only carry people who are there.
    needsMembers: operation === "update",
    needsContactId: false,
    evidence: "read-back",
  };
}

/** So many are cleared one by one before their import: half a minute, in which somebody may unsubscribe. */
const CLEARED_AT_ONCE = 300;

/** The body as `clearAndImport` reads it: how the import begins, a person a line, how it ends. */
function clearingRoute(imports: Route, bindings: readonly Binding[], format: ImportFormat): Route {
  return {
    ...imports,
    name: CLEARING,
    clearsFirst: true,
    maxRows: CLEARED_AT_ONCE,
    wire: format === "csv" ? `concat("payload", chr(9), ${csvRowSql(bindings, "request")})` : `"payload"`,
    envelope: (_, listId) => {
      const { prefix, suffix } = imports.envelope(NOTHING_CLEARED, listId);
      return { prefix: `${prefix}\n`, separator: "\n", suffix: `\n${suffix}` };
    },
  };
}

/**
 * One `PUT /contacts/{email}` a line: attributes only. A 204 is not proof that a
 * value was taken (sendinblue/APIv3-python-library#65), so that it is read back.
 */
function singleRoute(bindings: readonly Binding[]): Route {
  return {
    name: SINGLE,
    maxRows: SINGLE_UP_TO,
    maxBytes: MAX_BYTES,
    wire: singleRowSql(bindings),
    envelope: () => ({ prefix: "", separator: "\n", suffix: "\n" }),
    needsMembers: false,
    needsContactId: false,
    evidence: "read-back",
  };
}

/** Source of the 150: https://developers.brevo.com/reference/remove-contact-from-list */
const REMOVE_ROUTE: Route = {
  name: REMOVE,
  maxRows: 150,
  maxBytes: MAX_BYTES,
  wire: `to_json("key")::varchar`,
  envelope: () => ({ prefix: `{"emails":[`, separator: ",", suffix: "]}" }),
  needsMembers: false,
  needsContactId: false,
  evidence: "job-completed",
};

/** Blocklist flags are left out on purpose, also as false: what `false` does to a blocklisted contact is undocumented. */
function importEnvelope(group: string, listId: string, bindings: readonly Binding[], format: ImportFormat) {
  if (!isListId(listId)) throw new Failure("invalid", "A Brevo list id is a number.");
  const { erase, names } = readGroup(group, bindings);
  const flags = `"updateExistingContacts":true,"emptyContactsAttributes":${erase},"disableNotification":true`;
  const head = `{"listIds":[${listId}],${flags},`;
  return format === "csv"
    ? { prefix: `${head}"fileBody":"${csvHeader(names)}\\n`, separator: "\\n", suffix: `\\n"}` }
    : { prefix: `${head}"jsonBody":[`, separator: ",", suffix: "]}" };
}

/** Ids are positive whole numbers. */
export function isListId(listId: string): boolean {
  return /^[1-9]\d{0,14}$/.test(listId);
}
