import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { describe, expect, test } from "vitest";
import { createProgram } from "../../../src/cli/program.js";
import { project } from "../../support/rollcall.js";

const folder = join(project, "src");
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".gen.ts"))
  .map((file) => ({ file, text: withoutComments(readFileSync(join(folder, file), "utf8")) }));

const root = createProgram({ code: 0 });
const NAMES = root.commands.map((command) => command.name()).join("|");

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");
}

/** The commands that texts of the source name, as they stand between backticks. */
const told = sources.flatMap(({ file, text }) =>
  [...text.matchAll(/\\?`(rollcall [a-z][^`\\]*)\\?`/g)].map(([, command = ""]) => ({ file, command })),
);

describe("commands that messages name", () => {
  test.each(told)("$command, in $file", ({ command }) => {
    const fault = faultOf(command.split(" ").slice(1));
    expect(fault).toBeUndefined();
  });

  test("are found", () => {
    expect(told.length).toBeGreaterThan(40);
  });

  test("stand between backticks, where they are completed, and are composed in one place", () => {
    const bare = sources.flatMap(({ file, text }) =>
      [...text.matchAll(new RegExp(`(?<!\`)rollcall (?:(?:${NAMES}) ?\\b|-|\\$)[^\\n]*`, "g"))].map(
        ([line]) => `${file}: ${line}`,
      ),
    );
    expect(bare.filter((line) => !ALLOWED.some((allowed) => line.startsWith(allowed)))).toEqual([]);
  });
});

/** No commands, but what keys and locks are derived from. */
const ALLOWED: readonly string[] = [
  "platform/secrets/keyed-hash.ts: rollcall forget key 1",
  "state/storage/envelope.ts: rollcall state envelope 1",
  "state/storage/state-key.ts: rollcall state key id",
  "backends/postgres/tables.ts: rollcall ${schema}",
];

/** What commander would say of these words; undefined when it takes them. */
function faultOf(words: readonly string[]): string | undefined {
  let command: Command = root;
  const rest = [...words];
  for (;;) {
    const child = command.commands.find((one) => one.name() === rest[0]);
    if (child === undefined) break;
    command = child;
    rest.shift();
  }
  if (command.commands.length > 0) return `${command.name()} takes a command`;
  const given: string[] = [];
  while (rest.length > 0) {
    const word = rest.shift() ?? "";
    if (!word.startsWith("-")) {
      given.push(word);
      continue;
    }
    const option = command.options.find(({ long, short }) => long === word || short === word);
    if (option === undefined) return `${command.name()} has no ${word}`;
    if (option.required && rest.shift() === undefined) return `${word} takes a value`;
  }
  const wanted = command.registeredArguments.filter(({ required }) => required).length;
  if (given.length < wanted) return `${command.name()} takes ${wanted} words`;
  if (given.length > command.registeredArguments.length)
    return `${command.name()} takes no ${given.join(" ")}`;
  return undefined;
}
