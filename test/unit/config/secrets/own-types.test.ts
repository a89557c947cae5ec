import { join } from "node:path";
import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../src/config/environments/load.js";
import { loadConfig } from "../../../../src/config/load.js";
import { shownText } from "../../../../src/config/secrets/shown-text.js";
import { folderOf, MINIMAL, rendered, signal } from "../support.js";

const SECRET = "canary words";
const moduleOf = (kind: string, key: string): string =>
  `export const manifest = {contract: 1, kind: "${kind}", type: "own", description: "Own.",
  options: {properties: {${key}: {$ref: "#/$defs/secret"}, more: {type: "object"}}}};
export const load = () => {};
`;

async function load(text: string, module = moduleOf("source", "key")) {
  const folder = await folderOf({
    "exports.config.yaml": text,
    "own.mjs": module,
    "crm.csv": "email\na@b.example\n",
  });
  const options = { cwd: folder, configPath: "exports.config.yaml", signal };
  const { config, diagnostics } = await loadConfig(options);
  const all = await loadEnvironments(options);
  return { folder, config, text: rendered([...diagnostics, ...all.diagnostics]) };
}

const withOwn = (section: string, entry: string): string => {
  const text = MINIMAL.replace("version: 1", "version: 1\nplugins: [./own.mjs]");
  return section === "sources"
    ? text.replace("sources:", `sources:\n  own: ${entry}`)
    : `${text}${section}:\n  own: ${entry}\n`;
};

test.each([
  ...["host", "user", "from", "url"].map((key) => ["notifier", "notifiers", key] as const),
  ...["path", "table", "sql", "key"].map((key) => ["source", "sources", key] as const),
])(
  "a literal in the place of a %s's secret is never shown, whatever key of another type it has: %s.%s",
  async (kind, section, key) => {
    const text = withOwn(section, `{type: own, ${key}: ${SECRET}}`);
    const { text: said } = await load(text, moduleOf(kind, key));
    expect(said).toContain(`[literal-secret]`);
    expect(said).not.toContain("canary");
    expect(shownText(text, "a.yaml")).not.toContain("canary");
  },
);

test("what an environment says of it is not shown either", () => {
  const text = (type: string): string =>
    `${withOwn("notifiers", `{type: ${type}}`)}environments:\n  p:\n    notifiers:\n      own: {host: ${SECRET}}\n`;
  expect(shownText(text("own"), "a.yaml")).not.toContain("canary");
  expect(shownText(text("smtp"), "a.yaml")).toContain("canary");
  expect(shownText(text("smtp").replace("{type: smtp}", "{}"), "a.yaml")).not.toContain("canary");
});

test("keys merged into it are of its type", () => {
  const text = withOwn("notifiers", `{<<: {type: smtp, host: ${SECRET}}, type: own}`);
  expect(shownText(text, "a.yaml")).not.toContain("canary");
});

test("keys that all types share are shown", () => {
  expect(shownText(withOwn("sources", "{type: own, maxAge: 36h, minimumRows: 1234567}"), "a.yaml")).toContain(
    "{type: own, maxAge: 36h, minimumRows: 1234567}",
  );
});

test("a file that is named anywhere below an own key holds a key", async () => {
  const { folder, config, text } = await load(
    withOwn("sources", "{type: own, key: {env: KEY}, more: {a: [{file: deep.key}]}}"),
  );
  expect(text).not.toContain("error[");
  expect(config?.secretFiles).toEqual([join(folder, "deep.key")]);
});

test("a column that is called `file` names no file with a key", async () => {
  const { config, text } = await load(
    MINIMAL.replace("path: crm.csv", "path: crm.csv, columns: {file: text}"),
  );
  expect(text).toBe("");
  expect(config?.secretFiles).toEqual([]);
  const own = await load(withOwn("sources", "{type: own, key: {env: KEY}, columns: {file: text}}"));
  expect(own.text).not.toContain("error[");
  expect(own.config?.secretFiles).toEqual([]);
});
