import type { ConfigChange, Plan } from "../../model/plan/plan.js";
import { changeRemark, hunksOfDiff } from "../plan/config-change.js";
import { type Remark, remarks } from "../plan/remarks.js";
import { type Markup, html } from "./markup.js";

/** What a reviewer must not miss. */
export function planRemarks(plan: Plan): Markup[] {
  return remarks(plan).map(
    ({ status, kind, where, name, message, hint }: Remark) =>
      html`<li>
        <span class="${status}">${status}</span> ${kind ?? ""} <code>${where}</code> <code>${name}</code>:
        ${message}${hint === undefined ? "" : html`<br /><span class="quiet">${hint}</span>`}
      </li> `,
  );
}

/** What differs between the configuration and the record. */
export function planConfigChanges({ configChanges }: Plan): Markup[] {
  return configChanges.map((change) => {
    const hint = change.hint === undefined ? "" : html`<p class="quiet">${change.hint}</p>`;
    if (change.kind !== "changed")
      return html`<p><code>${change.export}</code> ${changeRemark(change)}</p>
        ${hint} `;
    return html`<details open>
      <summary><code>${change.export}</code></summary>
      ${diff(change)}${hint}
    </details> `;
  });
}

function diff(change: ConfigChange): Markup {
  const kind = (line: string): string =>
    line.startsWith("+") ? "add" : line.startsWith("-") ? "remove" : line.startsWith("@@") ? "quiet" : "same";
  return html`<pre>
${hunksOfDiff(change.diff).map((line) => html`<span class="${kind(line)}">${line}</span>`)}</pre>`;
}
