import type { AccountPicture, Picture } from "./picture.js";

const STYLE =
  "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}" +
  "table{border-collapse:collapse;margin:.5rem 0 1.5rem}td,th{border-bottom:1px solid #ddd;padding:.2rem .8rem .2rem 0;text-align:left}" +
  "td.n{text-align:right;font-variant-numeric:tabular-nums}h2{margin-top:2.5rem}small{color:#666}";

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
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="2">` +
    `<title>Rollcall sandbox</title><style>${STYLE}</style></head><body><h1>Rollcall sandbox</h1>` +
    `<p>Stand-ins for Brevo and SendGrid. The same as JSON: <a href="/state">/state</a></p>` +
    picture.accounts.map(section).join("") +
    `<h2>Requests</h2>${table(["vendor", "endpoint", "requests", "429", "failed", "bytes"], endpoints)}` +
    `<h2>Switches that are on</h2><p>${on.length === 0 ? "none" : escape(on.map(([name]) => name).join(", "))}</p>` +
    `</body></html>`
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

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  if (rows.length === 0) return "";
  const cell = (value: string | number): string =>
    typeof value === "number" ? `<td class="n">${value}</td>` : `<td>${escape(value)}</td>`;
  const body = rows.map((row) => `<tr>${row.map(cell).join("")}</tr>`).join("");
  return `<table><tr>${head.map((name) => `<th>${escape(name)}</th>`).join("")}</tr>${body}</table>`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
