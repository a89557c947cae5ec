import type { Plan } from "../../model/plan/plan.js";
import { shownMinute } from "../../model/words/shown-time.js";
import { refusalsOf } from "../../plan/refusals.js";
import { Markup, html, joinMarkup } from "./markup.js";
import { planDetails } from "./plan-details.js";
import { planConfigChanges, planRemarks } from "./plan-remarks.js";
import { planSources } from "./plan-sources.js";
import { planTable } from "./plan-table.js";
import { STYLE } from "./style.js";
import type { PlanCommands } from "../plan/plan-commands.js";
import { applyLabel, withdrawingSentence } from "../plan/refused.js";
import { planSentence } from "../plan/summary.js";

export interface HtmlOptions extends PlanCommands {
  readonly title?: string | undefined;
}

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A plan as one page that needs nothing else: no script, no picture, no font, no request. People as the plan shows them. */
export function planHtml(plan: Plan, options: HtmlOptions): string {
  const { environment } = plan;
  const title =
    options.title ?? (environment === undefined ? "Rollcall plan" : `Rollcall plan for ${environment}`);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        ${new Markup(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <h1>${title}</h1>
        <p class="sentence">${planSentence(plan)}</p>
        ${refused(plan)}
        ${(plan.notes ?? []).map(
          (note) => html`<p class="quiet">Note: ${note}</p> `,
        )}${plan.exports.length === 0 ? "" : planTable(plan)}
        ${section("Look at this first", list(planRemarks(plan)))}${section("Configuration", planConfigChanges(plan))}${section("Causes, costs and examples of people", planDetails(plan))}${section("Sources", list(planSources(plan)))}${section("Next", commands(plan, options))}
        <footer>${facts(plan)}</footer>
      </body>
    </html> `;
  return page.text;
}

/** What apply refuses, and whom it removes all the same. */
function refused(plan: Plan): Markup[] {
  const all = refusalsOf(plan);
  const { exports, policies } = all;
  const withdrawing = withdrawingSentence(all);
  return [
    ...(policies.length === 0
      ? []
      : [`Apply refuses the whole plan because of ${policies.join(", ")}: it sends withdrawals only.`]),
    ...(exports.length === 0 ? [] : [`Apply refuses ${exports.join(", ")}.`]),
    ...(withdrawing === undefined ? [] : [withdrawing]),
  ].map((text) => html`<p class="failed">${text}</p>`);
}

function section(title: string, parts: readonly Markup[]): Markup {
  return parts.length === 0
    ? html``
    : html`<h2>${title}</h2>
        ${joinMarkup(parts)} `;
}

function list(items: readonly Markup[]): Markup[] {
  return items.length === 0
    ? []
    : [
        html`<ul>
          ${items}
        </ul>`,
      ];
}

function commands(plan: Plan, { next, approve, override }: PlanCommands): Markup[] {
  const label = applyLabel(plan, approve !== undefined);
  const block = (label: string, text: string | undefined): Markup[] =>
    text === undefined
      ? []
      : [
          html`<p>${label}</p>
            <pre>${text}</pre>`,
        ];
  return [
    ...block("To approve it first:", approve),
    ...(label === undefined ? [] : block(label, next)),
    ...block("If what failed is meant all the same:", override === next ? undefined : override),
  ];
}

function facts({ createdAt, timezone = "UTC", tool, digest, revealed, environment }: Plan): string {
  return [
    `Planned ${shownMinute(createdAt, timezone)} by ${tool}`,
    ...(environment === undefined ? [] : [`environment ${environment}`]),
    `control digest ${digest.control}`,
    revealed ? "this page shows whole addresses: keep it to yourself" : "people are masked",
  ].join(" · ");
}
