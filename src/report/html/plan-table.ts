import type { ExportPlan, Plan } from "../../model/plan.js";
import { byDanger, heldBack, worstCheck } from "../danger.js";
import { count } from "../quantity.js";
import { type Markup, html } from "./markup.js";

/** A row per export, the most dangerous first and those without changes last. */
export function planTable(plan: Plan): Markup {
  const news = byDanger(plan);
  const rest = plan.exports.filter((item) => !news.includes(item));
  return html`<table>
    <thead>
      <tr>
        <th>Export</th>
        <th>Connection</th>
        <th>List</th>
        <th class="number">Add</th>
        <th class="number">Change</th>
        <th class="number">Remove</th>
        <th class="number">Unchanged</th>
        <th class="number">Held back</th>
        <th>Check</th>
      </tr>
    </thead>
    <tbody>
      ${[...news, ...rest].map(row)}
    </tbody>
  </table>`;
}

function row(item: ExportPlan): Markup {
  const { name, displayName, connection, list, counts, error } = item;
  const title = displayName === undefined ? html`` : html`<br /><span class="quiet">${displayName}</span>`;
  const numbers =
    error === undefined
      ? [
          number(counts.add, "add"),
          number(counts.update, "change"),
          number(counts.remove, "remove"),
          number(counts.unchanged, "quiet"),
          number(heldBack(item), "quiet"),
        ]
      : [html`<td colspan="5"></td>`];
  return html`<tr>
    <td><code>${name}</code>${title}</td>
    <td><code>${connection}</code></td>
    <td>${list.create ? "new " : ""}${list.name ?? list.id ?? ""}</td>
    ${numbers}
    <td>${verdict(item)}</td>
  </tr> `;
}

function number(people: number, colour: string): Markup {
  return people === 0
    ? html`<td class="number quiet">–</td>`
    : html`<td class="number ${colour}">${count(people)}</td>`;
}

function verdict({ error, checks }: ExportPlan): Markup {
  if (error !== undefined) return html`<span class="failed">cannot be planned</span>`;
  const worst = worstCheck(checks);
  return worst === undefined
    ? html``
    : html`<span class="${worst.status}"><code>${worst.name}</code> ${worst.status}</span>`;
}
