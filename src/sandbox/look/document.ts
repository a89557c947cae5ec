/** For a desk and a phone, by day and by night; tables that are too wide scroll by themselves. */
const STYLE =
  ":root{color-scheme:light dark}" +
  "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:1.5rem auto;padding:0 1rem}" +
  ".t{overflow-x:auto}table{border-collapse:collapse;margin:.5rem 0 1.5rem}" +
  "td,th{border-bottom:1px solid color-mix(in srgb,currentColor 20%,transparent);padding:.2rem .8rem .2rem 0;text-align:left}" +
  "td.n{text-align:right;font-variant-numeric:tabular-nums}h2{margin-top:2.5rem}small{opacity:.7}p{overflow-wrap:anywhere}" +
  "input,select,button{font:inherit;padding:.4rem .6rem;margin:.2rem .4rem .2rem 0;max-width:100%}";

/** A whole page; `body` is HTML. */
export function documentOf(title: string, body: string, head = ""): string {
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width,initial-scale=1">${head}` +
    `<title>${escape(title)}</title><style>${STYLE}</style></head><body>${body}</body></html>`
  );
}

export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  if (rows.length === 0) return "";
  const cell = (value: string | number): string =>
    typeof value === "number" ? `<td class="n">${value}</td>` : `<td>${escape(value)}</td>`;
  const body = rows.map((row) => `<tr>${row.map(cell).join("")}</tr>`).join("");
  return `<div class="t"><table><tr>${head.map((name) => `<th>${escape(name)}</th>`).join("")}</tr>${body}</table></div>`;
}

export function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
