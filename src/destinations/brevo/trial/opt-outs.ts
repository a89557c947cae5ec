import { finding, untried } from "../../../plugin/finding.js";
import type { TrialStep, TrialSubject } from "../../../plugin/trial.js";
import type { Finding } from "../../../model/connections/belief.js";
import { parseBody } from "../answers.js";
import { CONTACTS_PAGE } from "../read/contact-shape.js";
import type { BrevoClient } from "../client.js";
import { TrialApi, type TrialContact } from "./api.js";

/** Blocklists the first address, and imports it again as a careless program would. */
export function blockAndImport(client: BrevoClient): TrialStep {
  return {
    does: "puts the first address on the blocklist, and imports it again",
    beliefs: ["blocklisting-is-a-change", "import-keeps-blocklist"],
    async run(subject, signal) {
      const api = new TrialApi(client, signal);
      const [first] = subject.addresses;
      const before = await api.contact(first);
      await api.put(first, { emailBlacklisted: true });
      const blocked = await api.contact(first);
      const newer = timeOf(blocked) > timeOf(before);
      const listed =
        newer && (await among(api, "/contacts", first, { modifiedSince: String(blocked?.modifiedAt) }));
      await api.import(subject.listId, {
        emailBlacklist: false,
        jsonBody: [{ email: first, attributes: {} }],
      });
      const after = await api.contact(first);
      if (blocked?.emailBlacklisted !== true)
        return [
          untried("blocklisting-is-a-change", "the contact could not be blocklisted"),
          untried("import-keeps-blocklist", "the contact could not be blocklisted"),
        ];
      return [
        finding(
          "blocklisting-is-a-change",
          listed !== false && listed !== undefined,
          newer
            ? `modifiedAt is newer, modifiedSince ${listed === undefined ? "does not find" : "finds"} it`
            : "modifiedAt stayed",
        ),
        finding(
          "import-keeps-blocklist",
          after?.emailBlacklisted === true,
          after?.emailBlacklisted === true ? "still blocklisted" : "not blocklisted any more",
        ),
      ];
    },
  };
}

const BELIEFS = [
  "account-tells-unsubscribes",
  "list-tells-unsubscribes",
  "lookup-tells-unsubscribes",
  "unsubscribing-leaves-list",
  "import-keeps-unsubscribe",
];

/** What the account says of the second address once a person has unsubscribed it from the list. */
export function readUnsubscribed(client: BrevoClient): TrialStep {
  return {
    does: "reads the second address in three ways, imports it into the list, and reads it again",
    beliefs: BELIEFS,
    async run(subject, signal) {
      const api = new TrialApi(client, signal);
      const before = await readThrice(api, subject);
      const off = before.lookup?.listIds.map(String).includes(subject.listId) === false;
      if (!off && !Object.values(before).some((one) => says(one, subject)))
        return BELIEFS.map((belief) => untried(belief, "nothing shows that the address unsubscribed"));
      const told = findings(subject, before);
      if (!Object.values(before).some((one) => says(one, subject))) {
        const why = "no answer says that the address unsubscribed from the list";
        return [...told, untried("import-keeps-unsubscribe", why)];
      }
      const [, second] = subject.addresses;
      await api.import(subject.listId, { jsonBody: [{ email: second, attributes: {} }] });
      const after = await readThrice(api, subject);
      const still = Object.values(after).some((one) => says(one, subject));
      return [
        ...told,
        finding(
          "import-keeps-unsubscribe",
          still,
          still ? "still unsubscribed" : "on the list without a word",
        ),
      ];
    },
  };
}

interface ThreeReadings {
  readonly account: TrialContact | undefined;
  readonly list: TrialContact | undefined;
  readonly lookup: TrialContact | undefined;
}

async function readThrice(
  api: TrialApi,
  { listId, addresses, startedAt }: TrialSubject,
): Promise<ThreeReadings> {
  const [, second] = addresses;
  return {
    account: await among(api, "/contacts", second, { modifiedSince: startedAt }),
    list: await among(api, `/contacts/lists/${listId}/contacts`, second),
    lookup: await api.contact(second),
  };
}

function findings(subject: TrialSubject, { account, list, lookup }: ThreeReadings): Finding[] {
  const one = (belief: string, contact: TrialContact | undefined): Finding =>
    finding(
      belief,
      says(contact, subject),
      contact === undefined
        ? "the address is not in the answer"
        : `listUnsubscribed ${JSON.stringify(contact.listUnsubscribed ?? null)}`,
    );
  const on = lookup?.listIds.map(String).includes(subject.listId) === true;
  return [
    one("account-tells-unsubscribes", account),
    one("list-tells-unsubscribes", list),
    one("lookup-tells-unsubscribes", lookup),
    finding(
      "unsubscribing-leaves-list",
      lookup !== undefined && !on,
      on ? "still in listIds" : "not in listIds any more",
    ),
  ];
}

function says(contact: TrialContact | undefined, { listId }: TrialSubject): boolean {
  return contact?.listUnsubscribed?.map(String).includes(listId) === true;
}

/** The contact of an address among those of a route, a page of which is enough: the list is ours, or the time is recent. */
async function among(
  api: TrialApi,
  path: string,
  address: string,
  query: Readonly<Record<string, string>> = {},
): Promise<TrialContact | undefined> {
  for (let offset = 0; ; offset += 500) {
    const page = await api.get(path, { ...query, limit: 500, offset });
    const { contacts } = parseBody(page, "A page of contacts", CONTACTS_PAGE);
    const found = contacts.find(({ email }) => email?.toLowerCase() === address.toLowerCase());
    if (found !== undefined || contacts.length < 500) return found;
  }
}

function timeOf(contact: TrialContact | undefined): number {
  return Date.parse(String(contact?.modifiedAt));
}
