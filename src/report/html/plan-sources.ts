import type { Plan } from "../../model/plan/plan.js";
import { sourceWords } from "../plan/sources-human.js";
import { type Markup, html } from "./markup.js";

/** What was read, and why it was the whole. */
export function planSources({ sources = [], createdAt }: Plan): Markup[] {
  return sources.map(
    (source) => html`<li><code>${source.name}</code> ${sourceWords(source, createdAt)}</li> `,
  );
}
