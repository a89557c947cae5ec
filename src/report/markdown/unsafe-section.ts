import type { Check, Plan } from "../../model/plan.js";
import { byDanger } from "../danger.js";
import { counted } from "../quantity.js";
import type { Section } from "./fit.js";
import { code, inert, prose } from "./inert.js";

const RANKS: Readonly<Record<Check["status"], number>> = { failed: 0, overridden: 1, warning: 2, ok: 3 };
const WORDS = { failed: "❌ **failed**", overridden: "⚠️ **overridden**", warning: "⚠️ warning", ok: "" };

/** Everything that a reviewer must not miss: what cannot be planned, checks that do not hold, unfinished runs. */
export function unsafeSection(plan: Plan): Section {
  const found = [
    ...plan.exports.flatMap(({ name, error }) =>
      error === undefined
        ? []
        : [{ rank: -1, text: item(`❌ ${code(name)} **cannot be planned**`, error.message, error.hint) }],
    ),
    ...plan.accounts.flatMap(({ checks, type, label }) =>
      checks.map(line(`${inert(type)} account ${code(label)}`)),
    ),
    ...byDanger(plan).flatMap(({ name, checks }) => checks.map(line(code(name)))),
    ...plan.accounts.flatMap(({ type, label, unfinishedRun }) =>
      unfinishedRun === undefined
        ? []
        : [{ rank: 2, text: unfinished(`${inert(type)} account ${code(label)}`, unfinishedRun) }],
    ),
  ].filter(({ rank }) => rank < RANKS.ok);
  return {
    open: "### Look at this first\n\n",
    items: found.sort((a, b) => a.rank - b.rank).map(({ text }) => text),
    between: "\n",
    close: "",
    more: (left) => `\n- …and ${counted(left, "more remark")} of this kind.`,
    share: 0.12,
  };
}

function line(where: string): (check: Check) => { rank: number; text: string } {
  return ({ status, name, message, hint }) => ({
    rank: RANKS[status],
    text: item(
      `${WORDS[status]} ${where} ${code(name)}`,
      message,
      status === "overridden" ? undefined : hint,
    ),
  });
}

function item(start: string, message: string, hint: string | undefined): string {
  return `- ${start}: ${prose(message)}${hint === undefined ? "" : `<br>${prose(hint)}`}`;
}

function unfinished(where: string, run: string): string {
  return `- ⚠️ ${where}: run ${code(run)} did not finish; apply settles it first.`;
}
