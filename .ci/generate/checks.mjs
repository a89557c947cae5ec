// docs/reference/checks.md, from the table of checks itself. Needs dist.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { REFUSING_CHECKS } from "../../dist/plan/checks/registry.js";

const target = fileURLToPath(new URL("../../docs/reference/checks.md", import.meta.url));
const text = [
  "<!-- Generated from src/plan/checks/registry.ts by `npm run generate`. Do not edit. -->\n",
  "# Checks\n",
  "A check that fails refuses its export. `plan` shows it, `apply` evaluates it again on what it is about to send. One that",
  "may be overridden passes with `--override NAME` or `--override EXPORT:NAME`.\n",
  "| check | fails when | may be overridden | holds up withdrawals |",
  "| --- | --- | --- | --- |",
  ...REFUSING_CHECKS.map(
    ({ name, fails, overridable, holdsWithdrawals }) =>
      `| \`${name}\` | ${fails} | ${overridable ? "yes" : "no"} | ${holdsWithdrawals ? "yes" : "no"} |`,
  ),
  "",
].join("\n");
writeFileSync(target, await format(text, { ...(await resolveConfig(target)), parser: "markdown" }));
