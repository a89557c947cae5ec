import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { EXIT_CODES } from "../../src/cli/exit-code.js";
import { project } from "../support/rollcall.js";

const pages = [
  "README.md",
  "CHANGELOG.md",
  "SECURITY.md",
  "examples/README.md",
  ...readdirSync(join(project, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];

test.each(pages)("every relative link of %s leads somewhere", (page) => {
  const text = readFileSync(join(project, page), "utf8");
  const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link = ""]) => link);
  const broken = links
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => !existsSync(resolve(project, dirname(page), link)));
  expect(broken).toEqual([]);
});

test("every test that SECURITY.md names is there", () => {
  const text = readFileSync(join(project, "SECURITY.md"), "utf8");
  const named = [...text.matchAll(/`((?:test|\.ci)\/[^`]+)`/g)].map(([, path = ""]) => path);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((path) => !existsSync(join(project, path)))).toEqual([]);
});

test("the README lists the exit codes that there are", () => {
  const text = readFileSync(join(project, "README.md"), "utf8");
  const listed = [...text.matchAll(/^\| (\d+) +\|/gm)].map(([, code]) => Number(code));
  expect(listed).toEqual(EXIT_CODES.map(([code]) => code));
});
