// docs/reference/*-beliefs.md, from the beliefs themselves. Needs dist.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { brevo } from "../../dist/destinations/brevo/index.js";
import { sendgrid } from "../../dist/destinations/sendgrid/index.js";

const VENDORS = [
  { name: "Brevo", plugin: brevo },
  { name: "SendGrid", plugin: sendgrid },
];

for (const { name, plugin } of VENDORS) {
  const { type, beliefs } = plugin;
  const groups = [...new Set(beliefs.map(({ about }) => about))];
  const text = [
    `<!-- Generated from src/destinations/${type}/trial/beliefs.ts by \`npm run generate\`. Do not edit. -->\n`,
    `# What is believed of ${name}\n`,
    `Facts about ${name} that no documentation makes certain and that no live account of ours has confirmed. Evidence is a`,
    `_recording_ of live traffic that others published, the _contract_ (${name}'s OpenAPI description), the _documentation_,`,
    "_client code_ of others, or _inferred_. Where two readings exist, a [switch of the",
    "sandbox](../sandbox.md#switches-where-nobody-can-be-sure) stands for each, and tests run under both.\n",
    `\`rollcall connections verify NAME\` tries them at [an account of yours](../guide.md#what-a-vendor-really-does).\n`,
    ...groups.flatMap((group) => [
      `## ${group[0].toUpperCase()}${group.slice(1)}\n`,
      "| belief | evidence | what Rollcall does, whether it holds or not | test | trial |",
      "| --- | --- | --- | --- | --- |",
      ...beliefs
        .filter(({ about }) => about === group)
        .map(
          ({ id, says, evidence, either, tests, trial }) =>
            `| \`${id}\`: ${says} | ${evidence} | ${either} | ${tests.map((test) => `\`${test}\``).join(", ")} | ${trial} |`,
        ),
      "",
    ]),
  ].join("\n");
  const target = fileURLToPath(new URL(`../../docs/reference/${type}-beliefs.md`, import.meta.url));
  writeFileSync(target, await format(text, { ...(await resolveConfig(target)), parser: "markdown" }));
}
