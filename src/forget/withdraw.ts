import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../model/failure.js";
import type { Contact, Destination } from "../plugin/destination.js";
import type { OpenConnection } from "../run/accounts.js";
import type { Run } from "../run/run.js";

export interface Withdrawal {
  readonly open: OpenConnection;
  readonly destination: Destination;
  readonly people: readonly string[];
  /** Fields to clear. */
  readonly owned: readonly string[];
  /** Delete the contacts instead. */
  readonly deleting: boolean;
  /** Epoch ms; before it a read may not show yet what was written shortly before. */
  readonly shownFrom: number;
}

/** Also where reads show writes at once, the destination is given this long. */
const LEAST_PATIENCE_MS = 30_000;

/**
 * Takes people off everything, and reads until the destination shows it. The
 * same is asked for again only once the lag is over: doing it twice changes
 * nothing more. Returns the contacts that stay. Throws when it does not end.
 */
export async function withdrawAndConfirm(run: Run, withdrawal: Withdrawal): Promise<readonly Contact[]> {
  const { open, destination, people, shownFrom } = withdrawal;
  const { signal } = run;
  const lagMs = open.plugin.capabilities.lagSeconds * 1000;
  const patience = Math.max(lagMs * 3, LEAST_PATIENCE_MS);
  /** Looking thousands of people up takes minutes, so that patience counts from the last progress. */
  let progressAt = shownFrom;
  let fewest = Number.POSITIVE_INFINITY;
  /** When each thing was asked for, epoch ms. */
  const asked = new Map<string, number>();
  let trouble: Failure | undefined;
  for (let round = 0; ; round++) {
    const contacts = await destination.contacts(people, signal);
    const left = contacts.filter((contact) => tasks(contact, withdrawal).length > 0);
    if (left.length === 0 && Date.now() >= shownFrom) return contacts;
    if (left.length < fewest) progressAt = Math.max(shownFrom, Date.now());
    fewest = Math.min(fewest, left.length);
    if (Date.now() > progressAt + patience) throw trouble ?? notShown(open, left.length);
    const due = left.filter((contact) =>
      tasks(contact, withdrawal).some((task) => Date.now() - (asked.get(task) ?? 0) >= lagMs),
    );
    if (due.length > 0) {
      trouble = await send(withdrawal, due, signal);
      // It has been waited for as long as that is worth it.
      if (trouble?.kind === "rate-limit") throw trouble;
      // What surely was not carried out is asked for again at once.
      if (trouble === undefined || trouble.kind === "unknown-outcome") {
        const sent = due.flatMap((contact) => tasks(contact, withdrawal));
        if (sent.some((task) => !asked.has(task))) progressAt = Math.max(shownFrom, Date.now());
        for (const task of sent) asked.set(task, Date.now());
      }
    }
    const pause = Math.max(destination.pollDelay(round), (trouble?.retryAfter ?? 0) * 1000, 10);
    await sleep(pause, undefined, { signal });
  }
}

export function needsWithdrawal(
  contact: Contact,
  withdrawal: Pick<Withdrawal, "deleting" | "owned">,
): boolean {
  return tasks(contact, withdrawal).length > 0;
}

/** What is to be done about a contact; nothing when it is as it should be. */
function tasks(contact: Contact, { deleting, owned }: Pick<Withdrawal, "deleting" | "owned">): string[] {
  if (deleting) return [`${contact.email} delete`];
  const fields = contact.filled.filter((id) => owned.includes(id));
  return [
    ...contact.lists.map((id) => `${contact.email} list ${id}`),
    ...fields.map((id) => `${contact.email} field ${id}`),
  ];
}

/** Why it is not known to be done; throws what waiting does not fix. */
async function send(
  { destination, owned, deleting }: Withdrawal,
  contacts: readonly Contact[],
  signal: AbortSignal,
): Promise<Failure | undefined> {
  try {
    await (deleting
      ? destination.deleteContacts(contacts, signal)
      : destination.withdraw(contacts, owned, signal));
    return undefined;
  } catch (error) {
    const passing = ["unknown-outcome", "transient", "rate-limit"];
    if (error instanceof Failure && passing.includes(error.kind)) return error;
    throw error;
  }
}

function notShown({ connection }: OpenConnection, people: number): Failure {
  const who = people === 1 ? "one person" : `${people} people`;
  return new Failure(
    "unknown-outcome",
    `Connection "${connection.name}" does not show yet that ${who} was withdrawn.`,
    {
      hint: "Run this again in a few minutes: it looks there and does only what is missing. Where it says so again and again, the destination does not clear a field, and `--delete-at-destination` deletes the contact.",
    },
  );
}
