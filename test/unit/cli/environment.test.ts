import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type Outcome } from "../../../src/cli/command.js";
import { EXIT } from "../../../src/cli/process/exit-code.js";
import { createProgram } from "../../../src/cli/program.js";

/** Commands that are about no environment, about all of them, or about that of a file; `serve` waits for a config that is sound. */
const NONE = new Set([
  "init",
  "fmt",
  "env list",
  "env diff",
  "show",
  "approve",
  "serve",
  "sandbox",
  "schema",
  "state new-key",
]);

/** What commands want besides, although it may be left out. */
const MORE: Readonly<Record<string, readonly string[]>> = {
  adopt: ["something"],
  "state show": ["something"],
  "state migrate": ["--from-path", "somewhere"],
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-words-"));
  await writeFile(
    join(folder, "exports.config.yaml"),
    "version: 1\nenvironments: {production: {}, staging: {}}\n",
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => void vi.restoreAllMocks());

interface Leaf {
  readonly name: string;
  /** The command with something for every argument, and without anything to answer. */
  readonly words: readonly string[];
}

function leaves(command: Command, above: readonly string[] = []): Leaf[] {
  return command.commands.flatMap((one): Leaf[] => {
    const path = [...above, one.name()];
    if (one.commands.length > 0) return leaves(one, path);
    const needed = one.registeredArguments.filter(({ required }) => required).map(() => "something");
    const quiet = one.options.some(({ long }) => long === "--auto-approve") ? ["--auto-approve"] : [];
    return [{ name: path.join(" "), words: [...path, ...needed, ...quiet] }];
  });
}

/** In this process, which is faster than one process for each. */
async function run(words: readonly string[]): Promise<{ code: number; text: string }> {
  const outcome: Outcome = { code: EXIT.done };
  let text = "";
  const take = (part: unknown): boolean => {
    text += String(part);
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(take);
  vi.spyOn(process.stderr, "write").mockImplementation(take);
  try {
    await createProgram(outcome).parseAsync(["-C", folder, ...words], { from: "user" });
  } finally {
    vi.restoreAllMocks();
  }
  return { code: outcome.code, text };
}

const commands = leaves(createProgram({ code: EXIT.done })).filter(({ name }) => !NONE.has(name));

test.each(commands)("$name takes --env and refuses an unknown environment", async ({ name, words }) => {
  const given = [...words, ...(MORE[name] ?? [])];
  const { code, text } = await run([...given, "--env", "stagin"]);
  expect(text).toContain("There is no environment `stagin`");
  expect(text).toContain("Did you mean `staging`?");
  expect(code).toBe(EXIT.invalid);
});

test.each(commands.filter(({ name }) => name !== "validate"))(
  "$name does not guess which environment is meant",
  async ({ name, words }) => {
    const given = [...words, ...(MORE[name] ?? [])];
    const { code, text } = await run(given);
    expect(text).toContain("Choose one with --env or ROLLCALL_ENV: production, staging.");
    expect(code).toBe(EXIT.invalid);
  },
);

test("validate checks all environments and says which a finding is about", async () => {
  const config = join(folder, "odd.yaml");
  await writeFile(
    config,
    `version: 1
notifiers: {ops: {type: slack, url: {env: URL}}}
environments: {production: {}, staging: {schedule: {cron: never}}, dev: {schedule: {cron: never}}}
`,
  );
  const { code, text } = await run(["validate", "--config", config]);
  expect(text).toContain("error in staging: A schedule has five fields");
  expect(text).toContain("error in dev: A schedule has five fields");
  expect(code).toBe(EXIT.invalid);
  const chosen = await run(["validate", "--config", config, "--env", "production"]);
  expect(chosen.text).toContain("for production.");
  expect(chosen.code).toBe(EXIT.done);
});

test("ROLLCALL_ENV chooses, --env wins, and empty is none", async () => {
  try {
    process.env["ROLLCALL_ENV"] = "stagin";
    expect((await run(["lock", "list"])).text).toContain("`stagin`");
    expect((await run(["lock", "list", "--env", "staging"])).code).toBe(EXIT.done);
    process.env["ROLLCALL_ENV"] = "staging";
    expect((await run(["lock", "list"])).code).toBe(EXIT.done);
    expect((await run(["--env", "prod", "lock", "list"])).text).toContain("`prod`");
    process.env["ROLLCALL_ENV"] = "";
    expect((await run(["lock", "list"])).text).toContain("none is chosen");
  } finally {
    delete process.env["ROLLCALL_ENV"];
  }
});
