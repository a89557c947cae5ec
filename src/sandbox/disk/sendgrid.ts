import type { SendgridData, SendgridList } from "../sendgrid/account.js";
import type { ExportJob } from "../sendgrid/export-job.js";
import type { CustomField } from "../sendgrid/fields.js";
import type { Job } from "../sendgrid/jobs.js";
import type { Suppressed } from "../sendgrid/suppressions.js";
import { contactLines, restoreContact } from "./contacts.js";

type Entries = readonly (readonly [string, number])[];

interface Header {
  readonly version: 1;
  readonly lists: readonly SendgridList[];
  readonly fields: readonly CustomField[];
  readonly jobs: readonly Job[];
  readonly exports: readonly ExportJob[];
  readonly unsubscribes: Entries;
  readonly bounces: Entries;
  readonly spamReports: Entries;
  readonly groups: readonly {
    readonly id: number;
    readonly name: string;
    readonly description: string;
    readonly isDefault: boolean;
    readonly members: Entries;
  }[];
  readonly nextList: number;
  readonly nextField: number;
}

export function* sendgridLines(data: SendgridData): Generator<string> {
  const { suppressions } = data;
  const header: Header = {
    version: 1,
    lists: [...data.lists.values()],
    fields: [...data.fields.values()],
    jobs: [...data.jobs.all.values()],
    exports: [...data.exports.values()],
    unsubscribes: [...suppressions.unsubscribes],
    bounces: [...suppressions.bounces],
    spamReports: [...suppressions.spamReports],
    groups: Array.from(suppressions.groups.values(), (group) => ({ ...group, members: [...group.members] })),
    nextList: data.nextList,
    nextField: data.nextField,
  };
  yield JSON.stringify(header);
  yield* contactLines(data.contacts);
}

export async function restoreSendgrid(data: SendgridData, lines: AsyncIterable<string>): Promise<void> {
  let header: Header | undefined;
  for await (const line of lines) {
    if (header === undefined) {
      header = JSON.parse(line) as Header;
      restoreHeader(data, header);
      continue;
    }
    const row = restoreContact(data.contacts, line);
    data.index(row, {}, JSON.parse(data.contacts.texts[row] ?? "{}") as Record<string, unknown>);
  }
}

function restoreHeader(data: SendgridData, header: Header): void {
  const { suppressions } = data;
  for (const list of header.lists) data.lists.set(list.id, list);
  for (const field of header.fields) data.fields.set(field.id, field);
  for (const job of header.jobs) data.jobs.all.set(job.id, job);
  for (const job of header.exports) data.exports.set(job.id, job);
  fill(suppressions.unsubscribes, header.unsubscribes);
  fill(suppressions.bounces, header.bounces);
  fill(suppressions.spamReports, header.spamReports);
  for (const { id, name, description, isDefault, members } of header.groups)
    fill(suppressions.addGroup(name, description, isDefault, id).members, members);
  data.nextList = header.nextList;
  data.nextField = header.nextField;
}

function fill(suppressed: Suppressed, entries: Entries): void {
  for (const [email, created] of entries) suppressed.set(email, created);
}
