import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { EXIT_CODES } from "../../src/cli/process/exit-code.js";
import { brevo } from "../../src/destinations/brevo/index.js";
import { sendgrid } from "../../src/destinations/sendgrid/index.js";
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

/** The anchors that a page's headings get where Markdown is shown. */
function anchorsOf(page: string): ReadonlySet<string> {
  const text = readFileSync(resolve(project, page), "utf8").replaceAll(/^```[\s\S]*?^```/gm, "");
  const seen = new Map<string, number>();
  const headings = [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) => {
    const words = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .trim()
      .toLowerCase();
    const anchor = words.replaceAll(/[^\p{L}\p{N}_ -]/gu, "").replaceAll(" ", "-");
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
  return new Set([...headings, ...[...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, id = ""]) => id)]);
}

test.each(pages)("every anchor that %s points at exists", (page) => {
  const text = readFileSync(join(project, page), "utf8");
  const links = [...text.matchAll(/\]\(([^)#\s]*)#([^)\s]+)\)/g)].filter(
    ([, path = ""]) => path === "" || (path.endsWith(".md") && !/^[a-z]+:/.test(path)),
  );
  const dead = links.filter(
    ([, path = "", anchor = ""]) =>
      !anchorsOf(path === "" ? page : join(dirname(page), path)).has(decodeURIComponent(anchor)),
  );
  expect(dead.map(([link]) => link)).toEqual([]);
});

test("the reference pages describe everything in words", () => {
  for (const page of pages.filter((name) => name.startsWith(join("docs", "reference"))))
    expect(readFileSync(join(project, page), "utf8")).not.toMatch(/\[object Object\]|\bundefined\b \||NaN/);
  const config = readFileSync(join(project, "docs/reference/config.md"), "utf8");
  expect(config).toMatch(/^## Match\n[\s\S]*?^\| `email` \(required\)/m);
  expect(config).toMatch(/^## PolicyApprovals$/m);
});

test.each(["docs/architecture.md", "CONTRIBUTING.md"])("every file that %s names exists", (page) => {
  const text = readFileSync(join(project, page), "utf8");
  const named = [...text.matchAll(/`((?:src|test|schemas|docs|\.ci|bench)\/[^`]+)`/g)].map(
    ([, path = ""]) => path,
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((path) => !existsSync(join(project, path)))).toEqual([]);
});

test("the architecture says what each room of src is for", () => {
  const text = readFileSync(join(project, "docs/architecture.md"), "utf8");
  const [table = ""] = /^\| room[\s\S]*?\n\n/m.exec(text) ?? [];
  const told = [...table.matchAll(/`src\/(\w+)`/g)].map(([, room = ""]) => room);
  const rooms = readdirSync(join(project, "src"), { withFileTypes: true }).filter((one) => one.isDirectory());
  expect(told.sort()).toEqual(rooms.map(({ name }) => name).sort());
});

test("every test that SECURITY.md names exists", () => {
  const text = readFileSync(join(project, "SECURITY.md"), "utf8");
  const named = [...text.matchAll(/`((?:test|\.ci)\/[^`]+)`/g)].map(([, path = ""]) => path);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((path) => !existsSync(join(project, path)))).toEqual([]);
});

test("the README lists all exit codes", () => {
  const text = readFileSync(join(project, "README.md"), "utf8");
  const listed = [...text.matchAll(/^\| (\d+) +\|/gm)].map(([, code]) => Number(code));
  expect(listed).toEqual(EXIT_CODES.map(([code]) => code));
});

test.each([brevo, sendgrid])(
  "the beliefs of $type name existing tests, and no belief twice",
  ({ beliefs }) => {
    const there = readdirSync(join(project, "test"), { recursive: true, encoding: "utf8" });
    const missing = beliefs
      .flatMap(({ tests }) => tests)
      .filter((name) => !there.some((path) => path.endsWith(`/${name}`)));
    expect(missing).toEqual([]);
    const ids = beliefs.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  },
);
