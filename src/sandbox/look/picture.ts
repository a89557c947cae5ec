import type { Stats } from "../server/stats.js";
import type { World } from "../world.js";

/** What the sandbox holds, in counts: no address, no key. */
export interface Picture {
  readonly accounts: readonly AccountPicture[];
  readonly switches: Readonly<Record<string, boolean>>;
  readonly requests: Stats;
}

export interface AccountPicture {
  readonly vendor: string;
  readonly id: string;
  readonly contacts: number;
  readonly lists: readonly { readonly id: string; readonly name: string; readonly members: number }[];
  /** The latest ones, newest first. */
  readonly jobs: readonly { readonly id: string; readonly kind: string; readonly status: string }[];
  readonly suppressed: Readonly<Record<string, number>>;
  /** A few addresses, masked. */
  readonly sample: readonly string[];
}

const JOBS = 10;
const SAMPLE = 5;

export function pictureOf(world: World, requests: Stats): Picture {
  return {
    accounts: [...world.brevo.map(brevoPicture), ...world.sendgrid.map(sendgridPicture)],
    switches: { ...world.switches },
    requests,
  };
}

function brevoPicture(data: World["brevo"][number]): AccountPicture {
  const { contacts, unsubscribed } = data;
  let blocked = 0;
  for (const row of contacts.scan({})) if (data.isBlocked(row)) blocked++;
  const perList = [...unsubscribed.values()].filter((lists) => lists.size > 0).length;
  return {
    vendor: "brevo",
    id: data.id,
    contacts: contacts.size,
    lists: [...data.lists.values()].map(({ id, name }) => ({
      id: String(id),
      name,
      members: contacts.sets.count(id),
    })),
    jobs: data.processes.all
      .slice(-JOBS)
      .toReversed()
      .map(({ id, name, status }) => ({ id: String(id), kind: name, status })),
    suppressed: { blocklisted: blocked, "unsubscribed from a list": perList },
    sample: sample(contacts),
  };
}

function sendgridPicture(data: World["sendgrid"][number]): AccountPicture {
  const { contacts, suppressions } = data;
  const groups = [...suppressions.groups.values()].reduce((sum, { members }) => sum + members.size, 0);
  return {
    vendor: "sendgrid",
    id: String(data.id),
    contacts: contacts.size,
    lists: [...data.lists.values()].map(({ id, name, number }) => ({
      id,
      name,
      members: contacts.sets.count(number),
    })),
    jobs: [...data.jobs.all.values()]
      .slice(-JOBS)
      .toReversed()
      .map(({ id, job_type: kind, status }) => ({ id, kind, status })),
    suppressed: {
      unsubscribed: suppressions.unsubscribes.size,
      bounced: suppressions.bounces.size,
      "reported spam": suppressions.spamReports.size,
      "unsubscribed from a group": groups,
    },
    sample: sample(contacts),
  };
}

function sample(contacts: World["brevo"][number]["contacts"]): string[] {
  return Array.from(contacts.scan({}).slice(0, SAMPLE), (row) => masked(contacts.emails[row] ?? ""));
}

function masked(email: string): string {
  const at = email.lastIndexOf("@");
  return at < 1 ? "•••" : `${email[0]}•••${email.slice(at)}`;
}
