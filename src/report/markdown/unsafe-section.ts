import type { Plan } from "../../model/plan/plan.js";
import { counted } from "../layout/quantity.js";
import { type Remark, remarks } from "../plan/remarks.js";
import type { Section } from "./fit.js";
import { code, inertText, prose } from "./inert.js";

const WORDS = { failed: "❌ **failed**", overridden: "⚠️ **overridden**", warning: "⚠️ warning" };

/** Everything that a reviewer must not miss, the worst first. */
export function unsafeSection(plan: Plan): Section {
  return {
    open: "### Look at this first\n\n",
    items: remarks(plan).map(line),
    between: "\n",
    close: "",
    more: (left) => `\n- …and ${counted(left, "more remark")} of this kind.`,
    share: 0.12,
  };
}

function line({ status, kind, where, name, message, hint }: Remark): string {
  const of = kind === undefined ? "" : `${inertText(kind)} `;
  const next = hint === undefined ? "" : `<br>${prose(hint)}`;
  return `- ${WORDS[status]} ${of}${code(where)} ${code(name)}: ${prose(message)}${next}`;
}
