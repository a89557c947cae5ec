import { html, type Reply } from "../server/reply.js";
import type { World } from "../world.js";
import { accountNames, contactOf, type ContactPicture } from "./contact.js";
import { documentOf, escape, table } from "./document.js";

/** What somebody asked for; addresses never are in a URL, which browsers keep. */
interface ContactQuery {
  readonly account: string;
  readonly email: string;
  readonly action: string | null;
}

/** Answers the form in which a contact is looked up, and its buttons. */
export function contactPage(world: World, body: Buffer): Reply {
  const form = new URLSearchParams(body.toString("utf8"));
  const asked = {
    account: form.get("account") ?? accountNames(world)[0] ?? "",
    email: (form.get("email") ?? "").trim(),
    action: form.get("action"),
  };
  const before = asked.email === "" ? undefined : contactOf(world, asked.account, asked.email);
  before?.actions.find(({ name }) => name === asked.action)?.act();
  const found = asked.email === "" ? undefined : contactOf(world, asked.account, asked.email);
  return html(200, render(world, asked, found));
}

function render(world: World, asked: ContactQuery, found: ContactPicture | undefined): string {
  const options = accountNames(world).map(
    (name) => `<option${name === asked.account ? " selected" : ""}>${escape(name)}</option>`,
  );
  const search =
    `<form method="post" action="/contact"><select name="account" aria-label="account">${options.join("")}</select>` +
    `<input type="email" name="email" required placeholder="anna@example.com" aria-label="address" value="${escape(asked.email)}">` +
    `<button>Look</button></form>`;
  return documentOf(
    "A contact in the sandbox",
    `<p><a href="/">Rollcall sandbox</a></p><h1>A contact</h1>${search}${result(asked, found)}`,
  );
}

function result({ account, email }: ContactQuery, found: ContactPicture | undefined): string {
  if (email === "") return "";
  if (found === undefined) return `<p>${escape(account)} does not know this address.</p>`;
  const buttons = found.actions.map(
    ({ name, label }) => `<button name="action" value="${escape(name)}">${escape(label)}</button>`,
  );
  return (
    table(["what", "value"], found.facts) +
    `<form method="post" action="/contact"><input type="hidden" name="account" value="${escape(account)}">` +
    `<input type="hidden" name="email" value="${escape(email)}">${buttons.join("")}</form>`
  );
}
