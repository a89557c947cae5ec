import type { Plan } from "../../model/plan/plan.js";
import { counted } from "../layout/quantity.js";
import { sourceWords } from "../plan/sources-human.js";
import type { Section } from "./fit.js";
import { code, prose } from "./inert.js";

/** What was read, and why it was the whole. Folded. */
export function sourcesSection({ sources = [], createdAt }: Plan): Section {
  return {
    open: `<details><summary>${counted(sources.length, "source")} read</summary>\n\n`,
    items: sources.map((source) => `- ${code(source.name)}: ${prose(sourceWords(source, createdAt))}`),
    between: "\n",
    close: "\n\n</details>",
    more: (left) => `\n\n…and ${counted(left, "source")} more; the text of the plan shows them.`,
    share: 0.03,
  };
}
