// docs/reference/commands.md, from the commands themselves. Needs dist.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { addGlobalOptions } from "../../dist/cli/command.js";
import { EXIT_CODES } from "../../dist/cli/process/exit-code.js";
import { createProgram } from "../../dist/cli/program.js";
import { Command } from "commander";

const target = fileURLToPath(new URL("../../docs/reference/commands.md", import.meta.url));
const shared = new Set(addGlobalOptions(new Command()).options.map((option) => option.flags));
const cell = (text) => text.replaceAll("|", "\\|");

function options(command, skip) {
  return command.options
    .filter((option) => !option.hidden && !skip.has(option.flags))
    .map((option) => {
      const choices =
        option.argChoices === undefined
          ? ""
          : ` One of ${option.argChoices.map((c) => `\`${c}\``).join(", ")}.`;
      const preset =
        option.defaultValue === undefined || option.defaultValue === true
          ? ""
          : ` Default \`${option.defaultValueDescription ?? option.defaultValue}\`.`;
      return `| \`${option.flags}\` | ${cell(option.description)}.${choices}${preset} |`;
    });
}

function table(rows) {
  return rows.length === 0 ? "" : `| option | meaning |\n| --- | --- |\n${rows.join("\n")}\n`;
}

function section(command, path) {
  if (command.commands.length > 0)
    return command.commands.map((child) => section(child, `${path} ${child.name()}`)).join("\n");
  const words = command.registeredArguments.map((argument) => {
    const name = argument.variadic ? `${argument.name()}...` : argument.name();
    return argument.required ? `<${name}>` : `[${name}]`;
  });
  const about = command.registeredArguments
    .filter((argument) => argument.description !== "" || argument.argChoices !== undefined)
    .map((argument) => {
      const choices =
        argument.argChoices === undefined
          ? ""
          : ` one of ${argument.argChoices.map((c) => `\`${c}\``).join(", ")}`;
      const preset = argument.defaultValue === undefined ? "" : `; default \`${argument.defaultValue}\``;
      return `\`${argument.name()}\`: ${argument.description}${choices}${preset}.\n`;
    });
  const description = command.description();
  return [
    `## \`${[`rollcall ${path}`, ...words].join(" ")}\`\n`,
    `${description[0].toUpperCase()}${description.slice(1)}.\n`,
    ...about,
    table(options(command, shared)),
  ].join("\n");
}

const root = createProgram({ code: 0 });
const text = [
  "<!-- Generated from the commands by `npm run generate`. Do not edit. -->\n",
  "# Commands\n",
  "## Options of every command\n",
  "They may stand before or after the command's name.\n",
  table(options(addGlobalOptions(new Command()), new Set())),
  "With `--json`, stdout carries one JSON object a line (NDJSON) and text for people goes to stderr. The first line is a",
  "`version` event, the last an `end` event; `rollcall schema events` prints the contract.\n",
  "## Exit codes\n",
  "| code | meaning |\n| --- | --- |",
  ...EXIT_CODES.map(([code, meaning]) => `| ${code} | ${cell(meaning)} |`),
  "",
  "Terraform's `plan -detailed-exitcode` uses 0, 1 and 2 in the same way. A plan of only held-back people is empty.\n",
  ...root.commands
    .filter((command) => command.name() !== "help")
    .map((command) => section(command, command.name())),
].join("\n");
writeFileSync(target, await format(text, { ...(await resolveConfig(target)), parser: "markdown" }));
