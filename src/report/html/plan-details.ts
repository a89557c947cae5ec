import type { ExportPlan, Plan, Sample } from "../../model/plan/plan.js";
import { countHeldBack } from "../../plan/counts.js";
import { sortByDanger } from "../../plan/danger.js";
import { causeWords, factRows, heldWords, listWords } from "../plan/export-facts.js";
import { formatCount } from "../layout/quantity.js";
import { type Markup, html } from "./markup.js";

/** A fold per export that changes: why, what else there is to know, and examples of people. */
export function planDetails(plan: Plan): Markup[] {
  return sortByDanger(plan)
    .filter(({ error }) => error === undefined)
    .map(fold);
}

function fold(item: ExportPlan): Markup {
  const { name, type, connection, mode, firstRun, causeNote } = item;
  const rows = [...reasons(item), ...factRows(item)];
  return html`<details>
    <summary>
      <code>${name}</code>
      <span class="quiet"
        >${type} connection ${connection} → ${listWords(item.list)}
        (${mode}${firstRun ? ", first run" : ""})</span
      >
    </summary>
    <dl>
      ${rows.map(
        ([label, value]) =>
          html`<dt>${label}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
    ${causeNote === undefined ? "" : html`<p class="quiet">${causeNote}</p>`}${examples(item.samples)}
  </details> `;
}

function reasons(item: ExportPlan): [string, string][] {
  const { counts, causes } = item;
  const rows: [string, number, string][] = [
    ["Add", counts.add, causeWords(causes.add, counts.add)],
    ["Change", counts.update, causeWords(causes.update, counts.update)],
    ["Remove", counts.remove, causeWords(causes.remove, counts.remove)],
    ["Held back", countHeldBack(item.counts), heldWords(counts)],
  ];
  return rows
    .filter(([, people]) => people > 0)
    .map(([label, people, why]) => [label, `${formatCount(people)}, ${why}`]);
}

const CLASSES = {
  add: "add",
  update: "change",
  remove: "remove",
  "held back": "quiet",
  "not sent": "quiet",
} as const;

function examples(samples: readonly Sample[]): Markup {
  if (samples.length === 0) return html``;
  return html`<table>
    <tbody>
      ${samples.map(
        ({ operation, address, fields, reason }) =>
          html`<tr class="${CLASSES[operation]}">
            <td>${operation}</td>
            <td>${address}</td>
            <td>${reason ?? fields.join(", ")}</td>
          </tr> `,
      )}
    </tbody>
  </table>`;
}
