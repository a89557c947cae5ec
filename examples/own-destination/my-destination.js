// A destination of our own: the list service of Example Ltd, an HTTP API with JSON. docs/own-destination.md explains the contract.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What Rollcall reads of it whenever it reads a config: data and pure functions. */
export const manifest = {
  contract: 1,
  kind: "destination",
  type: "example-lists",
  label: "Example Lists",
  description: "An account at the list service of Example Ltd.",
  isService: true,
  options: {
    properties: {
      team: {
        type: "string",
        pattern: "^[a-z]{2,20}$",
        patternErrorMessage: "a team is 2 to 20 small letters",
        description: "The team whose lists these are.",
      },
    },
    required: ["team"],
  },
  listNameFault: ({ name, folder }) =>
    folder !== undefined
      ? {
          part: "folder",
          message: "The list service has no folders.",
          hint: "Remove `folder` from the list.",
        }
      : name.trim() === "" || name.length > 60
        ? {
            part: "name",
            message: "The name of a list has 1 to 60 characters.",
            hint: "Choose another name.",
          }
        : undefined,
};

const TYPES = ["text", "number"];
const API = "https://lists.example.com/v1";
const UNREADABLE = () => ({
  kind: "permanent",
  where: "An entry of the opt-outs of the list service",
  hint: "Write one address there, or take the entry out.",
});
const BUCKETS = { api: { capacity: 100, perSecond: 50 } };

/** Called once a connection is opened; `kit` is what Rollcall lends, so that there is nothing to import from it. */
export function load(kit) {
  const { AccountFull, Failure, restrainedKeys, identifier, literal, exactPath } = kit;

  /** Every attribute is a field of its name; a missing one is created where the mapping says so. */
  function bind(attributes, fields) {
    const bindings = [];
    const problems = [];
    for (const [index, attribute] of attributes.entries()) {
      const { name, createMissing, type = "text" } = attribute;
      const known = fields.find((field) => field.name === name);
      const bound = known?.type ?? type;
      const problem =
        known === undefined && !createMissing
          ? { message: `The list service has no field ${name}.`, hint: "Write `createMissing: true`." }
          : TYPES.includes(bound)
            ? undefined
            : { message: `The list service has no fields of type ${bound}.`, hint: undefined };
      if (problem !== undefined) {
        problems.push({ attribute: name, ...problem });
        continue;
      }
      const field = known ?? fieldOf({ name, type });
      const create = known === undefined;
      bindings.push({ attribute, field, type: bound, create, column: `a${index}`, clear: `c${index}` });
    }
    return { bindings, problems };
  }

  function fieldOf({ name, type }) {
    return { id: name, name, type, writable: true, choices: [], maxLength: undefined };
  }

  /** `{"email":"…","attributes":{…}}`; what is left alone is absent, what is cleared is null. */
  function codec(bindings) {
    const ordered = bindings.toSorted((one, other) => (one.field.id < other.field.id ? -1 : 1));
    const members = ordered.map(({ field, column, clear }) => {
      const name = literal(`,${JSON.stringify(field.id)}:`);
      const value = `to_json(${identifier(column)})::varchar`;
      return `coalesce(${name} || case when ${identifier(column)} is not null then ${value} end, case when ${identifier(clear)} then ${name} || 'null' end)`;
    });
    const inner = members.length === 0 ? "''" : `substr(concat(${members.join(", ")}), 2)`;
    const same = ordered.map(({ field, type }) => {
      const sent = `json_extract_string("payload", ${literal(`$.attributes.${JSON.stringify(field.id)}`)})`;
      const stored = `json_extract_string("observed", ${literal(`$.${JSON.stringify(field.id)}`)})`;
      const as = (text) => (type === "number" ? `try_cast(${text} as double)` : text);
      return `(${sent} is null or ${as(sent)} is not distinct from ${as(stored)})`;
    });
    return {
      payload: `concat('{"email":', to_json("key")::varchar, ',"attributes":{', ${inner}, '}}')`,
      group: "''",
      matches: same.length === 0 ? "true" : same.join(" and "),
      recognisedBy: undefined,
      route: (operation) => ({
        name: operation,
        maxRows: 1000,
        maxBytes: 4_000_000,
        wire: operation === "remove" ? `to_json("key")::varchar` : `"payload"`,
        envelope: () => ({ prefix: `{"contacts":[`, separator: ",", suffix: "]}" }),
        needsMembers: false,
        needsContactId: false,
        evidence: "accepted",
      }),
      forecast: (work) => {
        const requests = work.reduce((sum, { batches }) => sum + batches, 0);
        return { requests, minutes: requests / BUCKETS.api.perSecond / 60 };
      },
    };
  }

  function open(context) {
    const { connection, apiKey, scratch } = context;
    const headers = () => ({ authorization: `Bearer ${apiKey.reveal()}`, "x-team": connection.options.team });
    const http = kit.http(context, { baseUrl: API, headers, buckets: BUCKETS });
    const part = encodeURIComponent;
    let files = 0;

    /** What the service answers, once it is what it should be; `undefined` for a "not found" that the service itself says. */
    async function ask(method, path, { body, kind = "read" }, signal) {
      const request = { method, path, bucket: "api", kind };
      const response = await http.send(body === undefined ? request : { ...request, body }, signal);
      if (response.status === 401) throw new Failure("auth", "The list service does not take the key.");
      const said = json(response.text);
      if (response.status === 404 && said?.error === "not-found") return undefined;
      if (response.status === 422 && ["refused", "full"].includes(said?.error)) return said;
      if (response.status !== 200 || said === undefined)
        throw new Failure("permanent", `${response.request} was answered with ${response.status}.`);
      return said;
    }

    async function needed(method, path, options, signal) {
      const said = await ask(method, path, options, signal);
      if (said === undefined) throw new Failure("not-found", "The list service has no such list.");
      return said;
    }

    /** Everything behind a read that has pages, each with the way to the next. */
    async function pages(path, signal) {
      const all = [];
      for (let next = ""; next !== undefined;) {
        const page = await needed("GET", `${path}?after=${part(next)}`, {}, signal);
        all.push(...page.items);
        next = page.next;
      }
      return all;
    }

    /** Rows that the engine reads from a file of this run, which nobody else can read. */
    async function relation(rows, columns) {
      const path = join(scratch, `example-lists-${process.hrtime.bigint()}-${files++}.ndjson`);
      await writeFile(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(""), { mode: 0o600 });
      const typed = Object.entries(columns).map(([name, type]) => `${identifier(name)}: '${type}'`);
      return {
        sql: `select * from read_json(${literal(exactPath(path))}, format = 'newline_delimited', columns = {${typed.join(", ")}})`,
      };
    }

    const people = (contacts, listId) =>
      relation(
        contacts.map(({ email, lists, attributes, optedOut }) => ({
          email,
          contact_id: null,
          on_list: lists.includes(listId),
          opted_out: optedOut ? "opted out" : null,
          observed: JSON.stringify(attributes),
        })),
        {
          email: "VARCHAR",
          contact_id: "VARCHAR",
          on_list: "BOOLEAN",
          opted_out: "VARCHAR",
          observed: "VARCHAR",
        },
      );

    async function found(addresses, signal) {
      const all = [];
      for (let from = 0; from < addresses.length; from += 500) {
        const body = JSON.stringify({ emails: addresses.slice(from, from + 500) });
        all.push(...(await needed("POST", "/contacts/search", { body }, signal)).items);
      }
      return all;
    }

    const change = async (path, body, signal) =>
      void (await needed("POST", path, { body: JSON.stringify(body), kind: "write" }, signal));

    return {
      account: async (signal) => {
        const { id, name } = await needed("GET", "/me", {}, signal);
        return { id, label: name, missingPermissions: [] };
      },
      lists: async (signal) => (await needed("GET", "/lists", {}, signal)).items,
      list: (id, signal) => ask("GET", `/lists/${part(id)}`, {}, signal),
      fields: async (signal) => (await needed("GET", "/fields", {}, signal)).items.map(fieldOf),
      contactCount: async () => undefined,
      members: async (listId, _, signal) =>
        people(await pages(`/lists/${part(listId)}/members`, signal), listId),
      lookup: async (listId, addresses, signal) => people(await found(addresses, signal), listId),
      contacts: async (addresses, signal) =>
        (await found(addresses, signal)).map(({ email, lists, attributes }) => ({
          email,
          id: undefined,
          lists,
          filled: Object.keys(attributes),
          fixed: [],
          blocklisted: undefined,
        })),
      optOuts: async (_, signal) => {
        const rows = (await pages("/opt-outs", signal)).flatMap((address) =>
          restrainedKeys(address, UNREADABLE).map((email) => ({ email, list_id: null, reason: "opted out" })),
        );
        return {
          optedOut: await relation(rows, { email: "VARCHAR", list_id: "VARCHAR", reason: "VARCHAR" }),
          whole: [{ listId: undefined, reason: "opted out" }],
          seen: undefined,
          contacts: undefined,
          watermark: new Date().toISOString(),
        };
      },
      createList: ({ name }, signal) =>
        needed("POST", "/lists", { body: JSON.stringify({ name }), kind: "write" }, signal),
      createField: ({ field: { name, type } }, signal) => change("/fields", { name, type }, signal),
      write: async ({ operation, listId, body }, signal) => {
        const path = `/lists/${part(listId)}/${operation}`;
        const said = await needed("POST", path, { body, kind: "write" }, signal);
        if (said.error === "full")
          throw new AccountFull("The list service stores no more contacts.", {
            hint: "Delete contacts there, then run again: what is missing is sent then.",
          });
        if (said.error === "refused")
          return { status: "refused", reason: "the list service refused the request" };
        return { status: "done", rejected: said.rejected, absent: said.absent };
      },
      withdraw: (contacts, fields, signal) =>
        change("/contacts/withdraw", { emails: contacts.map(({ email }) => email), fields }, signal),
      deleteContacts: (contacts, signal) =>
        change("/contacts/delete", { emails: contacts.map(({ email }) => email) }, signal),
      // Every write is carried out before it is answered.
      jobs: async () => [],
      pollDelay: () => 1000,
      rejects: () => relation([], { email: "VARCHAR", reason: "VARCHAR" }),
      requestMs: 60_000,
      showsMs: 0,
      idle: async () => true,
    };
  }

  return {
    type: manifest.type,
    capabilities: {
      types: TYPES,
      maxProfilesPerExport: undefined,
      maxAddressesPerAccount: undefined,
      lookupUpTo: 5000,
      lookupTellsOptOuts: false,
      lagSeconds: 0,
    },
    builtInFields: [],
    beliefs: [],
    bind,
    codec,
    open,
  };
}

function json(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
