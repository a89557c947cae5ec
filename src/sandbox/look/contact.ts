import type { BrevoData } from "../brevo/account.js";
import { BrevoState } from "../brevo/state.js";
import type { SendgridData } from "../sendgrid/account.js";
import { SendgridState } from "../sendgrid/state.js";
import type { World } from "../world.js";

/** A contact of one account, and what a person could do at the vendor or in a mail. */
export interface ContactPicture {
  readonly facts: readonly (readonly [string, string])[];
  readonly actions: readonly Action[];
}

export interface Action {
  /** As the form sends it. */
  readonly name: string;
  readonly label: string;
  readonly act: () => void;
}

/** `vendor:id` of every account. */
export function accountNames(world: World): string[] {
  return [...world.brevo.map(({ id }) => `brevo:${id}`), ...world.sendgrid.map(({ id }) => `sendgrid:${id}`)];
}

/** Undefined when there is no such account, or it does not know the address. */
export function contactOf(world: World, account: string, email: string): ContactPicture | undefined {
  const brevo = world.brevo.find(({ id }) => `brevo:${id}` === account);
  if (brevo !== undefined) return atBrevo(brevo, email);
  const sendgrid = world.sendgrid.find(({ id }) => `sendgrid:${id}` === account);
  return sendgrid === undefined ? undefined : atSendgrid(sendgrid, email);
}

function atBrevo(data: BrevoData, email: string): ContactPicture | undefined {
  const state = new BrevoState(data);
  const contact = state.contact(email);
  if (contact === undefined) return undefined;
  const named = (ids: readonly number[]): string =>
    ids.map((id) => data.lists.get(id)?.name ?? String(id)).join(", ") || "none";
  return {
    facts: [
      ["lists", named(contact.lists)],
      ["unsubscribed from", named(contact.listUnsubscribed)],
      ["blocklisted", contact.emailBlacklisted ? "yes" : "no"],
      ...attributes(contact.attributes),
    ],
    actions: [
      ...contact.lists.map((id) => ({
        name: `unsubscribe:${id}`,
        label: `Unsubscribe from ${named([id])}`,
        act: () => state.unsubscribe(email, id),
      })),
      ...contact.lists.map((id) => ({
        name: `remove:${id}`,
        label: `Take off ${named([id])} by hand`,
        act: () => state.removeFromList(email, id),
      })),
      { name: "blocklist", label: "Blocklist", act: () => state.blocklist(email) },
    ],
  };
}

function atSendgrid(data: SendgridData, email: string): ContactPicture | undefined {
  const state = new SendgridState(data);
  const contact = state.contact(email);
  const { unsubscribes, bounces, spamReports } = data.suppressions;
  const key = email.toLowerCase();
  const suppressed = Object.entries({
    unsubscribed: unsubscribes,
    bounced: bounces,
    "reported spam": spamReports,
  })
    .filter(([, people]) => people.has(key))
    .map(([name]) => name);
  if (contact === undefined && suppressed.length === 0) return undefined;
  const { list_ids: ids = [], custom_fields: custom, ...rest } = contact ?? {};
  const lists = (ids as readonly string[]).map((id) => ({ id, name: data.lists.get(id)?.name ?? id }));
  return {
    facts: [
      ["lists", lists.map(({ name }) => name).join(", ") || "none"],
      ["suppressed", suppressed.join(", ") || "no"],
      ...attributes(rest),
      ...attributes(custom as Record<string, unknown> | undefined),
    ],
    actions: [
      { name: "unsubscribe", label: "Unsubscribe", act: () => state.unsubscribe(email) },
      { name: "spam", label: "Report as spam", act: () => state.reportSpam(email) },
      { name: "bounce", label: "Let mail bounce", act: () => state.bounce(email) },
      ...lists.map(({ id, name }) => ({
        name: `remove:${id}`,
        label: `Take off ${name} by hand`,
        act: () => state.removeFromList(email, id),
      })),
    ],
  };
}

function attributes(values: Readonly<Record<string, unknown>> = {}): [string, string][] {
  return Object.entries(values)
    .filter(([, value]) => value !== "" && value !== null && value !== undefined)
    .map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]);
}
