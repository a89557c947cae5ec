import { randomUUID } from "node:crypto";
import type { SendgridAccount } from "../options.js";
import { ContactTable } from "../store/contacts.js";
import type { Downloads } from "../store/downloads.js";
import { JobRunner } from "../store/jobs.js";
import type { Switches } from "../switches.js";
import { ContactIds } from "./contact-ids.js";
import type { ExportJob } from "./export-job.js";
import { type CustomField, type FieldType, IDENTIFIERS } from "./fields.js";
import { Jobs } from "./jobs.js";
import { Suppressions } from "./suppressions.js";

export interface SendgridList {
  readonly id: string;
  /** How contacts refer to it. */
  readonly number: number;
  name: string;
}

export interface SendgridContext {
  readonly switches: Switches;
  readonly downloads: Downloads;
  readonly now: () => number;
  /** Undefined: jobs are carried out at once. */
  readonly jobMs: number | undefined;
  readonly visibleMs: number;
  readonly fieldMs: number;
}

type IdentifierName = (typeof IDENTIFIERS)[number];

/** What one SendGrid account holds. */
export class SendgridData {
  readonly options: SendgridAccount;
  readonly context: SendgridContext;
  readonly contacts = new ContactTable();
  readonly ids: ContactIds;
  readonly lists = new Map<string, SendgridList>();
  readonly fields = new Map<string, CustomField>();
  readonly suppressions = new Suppressions();
  readonly exports = new Map<string, ExportJob>();
  readonly runner: JobRunner;
  readonly jobs: Jobs;
  /** Owners of identifiers and of alternate addresses, by row. */
  readonly owners = new Map<IdentifierName, Map<string, number>>(
    IDENTIFIERS.map((name) => [name, new Map()]),
  );
  readonly alternates = new Map<string, number>();
  nextList = 1;
  nextField = 1;

  constructor(options: SendgridAccount, context: SendgridContext) {
    this.options = options;
    this.context = context;
    this.ids = new ContactIds(this.id);
    this.runner = new JobRunner({ serial: false, delayMs: context.jobMs });
    this.jobs = new Jobs({ ...context, runner: this.runner, jobMs: context.jobMs ?? 0 });
  }

  get id(): number {
    return this.options.id ?? 1001;
  }

  get username(): string {
    return this.options.username ?? `sandbox-${this.id}`;
  }

  addList(name: string): SendgridList {
    const list = { id: randomUUID(), number: this.nextList++, name };
    this.lists.set(list.id, list);
    return list;
  }

  removeList(list: SendgridList): void {
    for (const row of this.contacts.scan({ list: list.number })) this.contacts.leave(row, list.number);
    this.lists.delete(list.id);
  }

  listById(number: number): SendgridList | undefined {
    for (const list of this.lists.values()) if (list.number === number) return list;
    return undefined;
  }

  addField(name: string, type: FieldType): CustomField {
    const { switches, fieldMs, now } = this.context;
    const usableFrom = switches.sendgridNewFieldUnusable ? now() + fieldMs : 0;
    const field = { id: `e${this.nextField++}_${type[0]}`, name, type, usableFrom };
    this.fields.set(field.id, field);
    return field;
  }

  /** Row of a live contact with this public id. */
  rowOf(contactId: string): number | undefined {
    const row = this.ids.row(contactId);
    return row !== undefined && this.contacts.isLive(row) ? row : undefined;
  }

  remove(row: number): void {
    const reserved = JSON.parse(this.contacts.texts[row] ?? "{}") as Record<string, unknown>;
    this.index(row, reserved, {});
    this.contacts.remove(row);
  }

  /** Follows a change of identifiers and alternate addresses. */
  index(row: number, before: Record<string, unknown>, after: Record<string, unknown>): void {
    for (const name of IDENTIFIERS) {
      const owners = this.owners.get(name);
      if (before[name] === after[name] || owners === undefined) continue;
      if (typeof before[name] === "string") owners.delete(before[name]);
      if (typeof after[name] === "string") owners.set(after[name], row);
    }
    if (before["alternate_emails"] === after["alternate_emails"]) return;
    for (const email of (before["alternate_emails"] ?? []) as string[]) this.alternates.delete(email);
    for (const email of (after["alternate_emails"] ?? []) as string[]) this.alternates.set(email, row);
  }
}
