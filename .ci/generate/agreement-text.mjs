// docs/reference/data-privacy.md, from the text that is agreed to. Needs dist.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { AGREEMENT_TEXT } from "../../dist/policy/agreement-text.js";

const target = fileURLToPath(new URL("../../docs/reference/data-privacy.md", import.meta.url));
const text = [
  "<!-- Generated from src/policy/agreement-text.ts by `npm run generate`. Do not edit. -->\n",
  "# What `dataPrivacy` agrees to\n",
  `Version \`${AGREEMENT_TEXT.version}\`. \`rollcall connections consent NAME\` prints it, with what was recorded. A config may name`,
  "a text of its own instead: `dataPrivacy: {agreed: true, by: NAME, on: DATE, text: our-text-7}`.\n",
  ...AGREEMENT_TEXT.paragraphs.map((paragraph) => `> ${paragraph}\n>`),
  "",
].join("\n");
writeFileSync(target, await format(text, { ...(await resolveConfig(target)), parser: "markdown" }));
