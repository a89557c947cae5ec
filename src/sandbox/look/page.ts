import { documentOf, escape, table } from "./document.js";
import type { AccountPicture, Picture } from "./picture.js";

/** The page that shows what the sandbox holds; it reloads itself. */
export function page(picture: Picture): string {
  const { requests } = picture;
  const endpoints = requests.endpoints.map((entry) => [
    entry.vendor,
    entry.endpoint,
    entry.requests,
    entry.limited,
    entry.failed,
    entry.bytes,
  ]);
  const on = Object.entries(picture.switches).filter(([, value]) => value);
  return documentOf(
    "Rollcall sandbox",
    `<h1>Rollcall sandbox</h1>` +
      `<p>Stand-ins for Brevo and SendGrid. The same as JSON: <a href="/state">/state</a>. ` +
      `<a href="/contact">Look at a contact</a>, and opt out for it.</p>` +
      picture.accounts.map(section).join("") +
      `<h2>Requests</h2>${table(["vendor", "endpoint", "requests", "429", "failed", "bytes"], endpoints)}` +
      `<h2>Switches that are on</h2><p>${on.length === 0 ? "none" : escape(on.map(([name]) => name).join(", "))}</p>`,
    `<meta http-equiv="refresh" content="2">`,
  );
}

function section(account: AccountPicture): string {
  const { lists, jobs, suppressed } = account;
  return (
    `<h2>${escape(account.vendor)} <small>${escape(account.id)}</small></h2>` +
    `<p>${account.contacts} contacts ${account.sample.length === 0 ? "" : `<small>${escape(account.sample.join(", "))} …</small>`}</p>` +
    table(
      ["list", "id", "members"],
      lists.map(({ name, id, members }) => [name, id, members]),
    ) +
    table(["suppressed", "people"], Object.entries(suppressed)) +
    table(
      ["latest jobs", "kind", "status"],
      jobs.map(({ id, kind, status }) => [id, kind, status]),
    )
  );
}
