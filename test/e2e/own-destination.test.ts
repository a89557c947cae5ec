import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { nodesOf } from "../support/markdown.js";
import { startListService, type ListService } from "../support/list-service.js";
import { project, rollcall, type Ended } from "../support/rollcall.js";

const env = { EXAMPLE_LISTS_KEY: "canary-lists-key" };
let cwd: string;
let lists: ListService;
const run = (...words: string[]): Promise<Ended> => rollcall(words, { cwd, env });

beforeEach(async () => {
  lists = await startListService({ key: env.EXAMPLE_LISTS_KEY });
  lists.addField("name", "text");
  cwd = await mkdtemp(join(tmpdir(), "rollcall-own-destination-"));
  await cp(join(project, "examples/own-destination"), cwd, { recursive: true });
  const config = join(cwd, "exports.config.yaml");
  await writeFile(config, (await readFile(config, "utf8")).replaceAll("http://127.0.0.1:8026/v1", lists.url));
});
afterEach(async () => {
  await lists.stop();
  await rm(cwd, { recursive: true });
});

test("an account that a destination of the project calls full stops the run with its words, and is filled later", async () => {
  lists.leaveRoomFor(0);
  const full = await run("apply", "--auto-approve");
  expect(full.code).not.toBe(0);
  expect(full.stdout).toContain("The list service stores no more contacts.");
  expect(full.stdout).toContain("Delete contacts there, then run again");
  lists.leaveRoomFor(100);
  const later = await run("apply", "--auto-approve");
  expect(later.code, later.stdout + later.stderr).toBe(0);
  expect(later.stdout).toContain("2 added");
});

test("an opt-out of a destination of the project counts however it is written, and stops the run where nobody can tell whom it means", async () => {
  const before = await run("plan");
  expect(before.stdout).toContain("2 to add");
  const people = await readFile(join(cwd, "people/subscribers.jsonl"), "utf8");
  const [email = ""] =
    /[\w.]+@[\w.]+/u.exec(people.split("\n").find((line) => line.includes("food")) ?? "") ?? [];
  lists.optOut(`"Somebody" <${email}>`);
  const without = await run("plan");
  expect(without.stdout, without.stderr).toContain("1 to add");
  lists.optOut("somebody at canary");
  const unreadable = await run("plan");
  const text = unreadable.stdout + unreadable.stderr;
  expect(unreadable.code).not.toBe(0);
  expect(text.replaceAll(/\s+/gu, " ")).toContain(
    "An entry of the opt-outs of the list service is an opt-out whose address cannot be read",
  );
  expect(text).not.toContain("canary");
});

test("what docs/own-destination.md says of the config is right in the example", async () => {
  const nodes = nodesOf(await readFile(join(project, "docs/own-destination.md"), "utf8"));
  const fragment = nodes.find((node) => node.type === "code" && node.lang === "yaml");
  const path = join(cwd, "exports.config.yaml");
  const whole = parse(await readFile(path, "utf8")) as object;
  const said = parse(fragment?.type === "code" ? fragment.value : "") as object;
  await writeFile(path, stringify({ ...whole, ...said }));
  const validated = await run("validate");
  expect(validated.code, validated.stdout + validated.stderr).toBe(0);
});
