import type { ExportPlan, Plan } from "../../model/plan/plan.js";
import { countHeldBack } from "../../plan/counts.js";
import { sortByDanger, findWorstCheck } from "../../plan/danger.js";
import { formatCount } from "../layout/quantity.js";
import { type Markup, html } from "./markup.js";

/** A row per export, the most dangerous first and those without changes last. */
export function planTable(plan: Plan): Markup {
  const news = sortByDanger(plan);
  const rest = plan.exports.filter((item) => !news.includes(item));
  return html`<table class="exports">
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

/** A narrow screen shows each cell below the other, with its title before it. */
function row(item: ExportPlan): Markup {
  const { name, displayName, connection, list, counts, error } = item;
  const title = displayName === undefined ? html`` : html`<br /><span class="quiet">${displayName}</span>`;
  const numbers =
    error === undefined
      ? [
          number("Add", counts.add, "add"),
          number("Change", counts.update, "change"),
          number("Remove", counts.remove, "remove"),
          number("Unchanged", counts.unchanged, "quiet"),
          number("Held back", countHeldBack(item.counts), "quiet"),
        ]
      : [html`<td colspan="5"></td>`];
  return html`<tr>
    <td data-head="Export">
      <span><code>${name}</code>${title}</span>
    </td>
    <td data-head="Connection"><code>${connection}</code></td>
    <td data-head="List"><span>${list.create ? "new " : ""}${list.name ?? list.id ?? ""}</span></td>
    ${numbers}
    <td data-head="Check">${verdict(item)}</td>
  </tr> `;
}

function number(head: string, people: number, colour: string): Markup {
  return people === 0
    ? html`<td data-head="${head}" class="number quiet">–</td>`
    : html`<td data-head="${head}" class="number ${colour}">${formatCount(people)}</td>`;
}

function verdict({ error, checks }: ExportPlan): Markup {
  if (error !== undefined) return html`<span class="failed">cannot be planned</span>`;
  const worst = findWorstCheck(checks);
  return worst === undefined
    ? html``
    : html`<span class="${worst.status}"><code>${worst.name}</code> ${worst.status}</span>`;
}
