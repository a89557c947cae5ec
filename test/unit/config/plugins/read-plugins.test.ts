import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readBaseConfig, type BaseConfig } from "../../../../src/config/files/base.js";
import { definitionOf } from "../../../../src/config/definition.js";
import { loadConfig } from "../../../../src/config/load.js";
import { folderOf, rendered, signal } from "../support.js";

const SOUND = `{contract: 1, kind: "destination", type: "own-lists", label: "Own", description: "Own lists.", isService: true,
  options: {properties: {team: {type: "string", pattern: "^[a-z]+$", patternErrorMessage: "a team is small letters"}}, required: ["team"]}}`;
const moduleOf = (manifest: string): string =>
  `import { writeFileSync } from "node:fs";
writeFileSync(new URL("ran", import.meta.url), "");
export const manifest = ${manifest};
export const load = () => { throw new Error("never opened here"); };
`;
const configOf = (
  plugins: string,
  connection = "{type: own-lists, apiKey: {env: KEY}, team: sales, dataPrivacy: {agreed: true, by: Anna, on: 2026-11-01}}",
): string =>
  `version: 1
plugins: ${plugins}
connections:
  own: ${connection}
sources:
  crm: {type: files, path: people.csv}
segments:
  all: {source: crm}
exports:
  weekly: {connection: own, list: {id: "1"}, segments: [all], match: {email: email}}
`;

async function load(
  files: Readonly<Record<string, string>>,
  more: { base?: BaseConfig; loadsPlugins?: boolean } = {},
) {
  const folder = await folderOf(files);
  const loaded = await loadConfig({ cwd: folder, configPath: "exports.config.yaml", signal, ...more });
  const errors = loaded.diagnostics.filter(({ severity }) => severity === "error");
  return { ...loaded, folder, errors, text: rendered(errors), ran: existsSync(join(folder, "ran")) };
}

test("a destination of a module has its type, its options and its location", async () => {
  const { config, text, folder } = await load({
    "exports.config.yaml": configOf("[./own.mjs]"),
    "own.mjs": moduleOf(SOUND),
  });
  expect(text).toBe("");
  expect(config?.connections.get("own")).toMatchObject({
    type: "own-lists",
    options: { team: "sales" },
    module: join(folder, "own.mjs"),
  });
});

test("a package is found where the config is", async () => {
  const { config, text } = await load({
    "exports.config.yaml": configOf("[own-lists]"),
    "node_modules/own-lists/package.json": `{"name": "own-lists", "type": "module", "exports": "./own.js"}`,
    "node_modules/own-lists/own.js": moduleOf(SOUND),
  });
  expect(text).toBe("");
  expect(config?.connections.get("own")?.kind.label).toBe("Own");
});

test("options are checked by the schema of the manifest, in the words of the config", async () => {
  const { text } = await load({
    "exports.config.yaml": configOf(
      "[./own.mjs]",
      "{type: own-lists, apiKey: {env: KEY}, team: SALES, taem: a}",
    ),
    "own.mjs": moduleOf(SOUND),
  });
  expect(text).toContain("`connections.own.team` is not right: a team is small letters.");
  expect(text).toContain("`taem` is not known in `connections.own`.");
  expect(text).toContain("Did you mean `team`?");
});

test("options that every service has are checked as for a vendor", async () => {
  const { text } = await load({
    "exports.config.yaml": configOf("[./own.mjs]", "{type: own-lists, team: sales}"),
    "own.mjs": moduleOf(SOUND),
  });
  expect(text).toContain("`apiKey` is missing in `connections.own`.");
});

test.each<[string, string, string | undefined, string]>([
  ["is not there", "[./gone.mjs]", undefined, "There is no file `./gone.mjs`."],
  ["is not a package", "[nobody-has-this]", undefined, "There is no package `nobody-has-this` here."],
  ["leads out of the project", "[../own.mjs]", undefined, "`../own.mjs` leads out of the project folder."],
  ["has no manifest", "[./own.mjs]", "export const load = () => {};", "`./own.mjs` has no manifest."],
  [
    "is not a JavaScript, and may be a key",
    "[./own.mjs]",
    "canary-key xyz",
    "`./own.mjs` cannot be loaded (•).",
  ],
  [
    "is for another contract",
    "[./own.mjs]",
    moduleOf(SOUND.replace("contract: 1", "contract: 2")),
    "`./own.mjs` is written for version 2 of the contract of plug-ins, and this Rollcall has version 1.",
  ],
  [
    "claims a type of ours",
    "[./own.mjs]",
    moduleOf(SOUND.replace("own-lists", "sendinblue")),
    "`./own.mjs` claims the type `sendinblue`, which Rollcall brings along.",
  ],
  [
    "claims a type of ours by an alias",
    "[./own.mjs]",
    moduleOf(SOUND.replace("{contract", '{aliases: ["old-lists", "brevo"], contract')),
    "`./own.mjs` claims the type `brevo`, which Rollcall brings along.",
  ],
  [
    "has an alias that is not a word",
    "[./own.mjs]",
    moduleOf(SOUND.replace("{contract", '{aliases: ["Old lists"], contract')),
    "`./own.mjs` has a manifest without a sound `aliases`.",
  ],
  [
    "claims a type of another one",
    "[./own.mjs, ./other.mjs]",
    moduleOf(SOUND),
    "`./other.mjs` claims the type `own-lists`, which another of `plugins` has.",
  ],
  [
    "brings a store of state",
    "[./own.mjs]",
    moduleOf(SOUND.replace('"destination"', '"store"')),
    "`./own.mjs` has a manifest that is not of a destination, a source or a notifier.",
  ],
  [
    "is a source of a type of ours",
    "[./own.mjs]",
    moduleOf(SOUND.replace('"destination"', '"source"').replace("own-lists", "duckdb")),
    "`./own.mjs` claims the type `duckdb`, which Rollcall brings along.",
  ],
  [
    "is a notifier with an option that is everybody's",
    "[./own.mjs]",
    moduleOf(SOUND.replace('"destination"', '"notifier"').replaceAll("team", "on")),
    "`./own.mjs` has an option `on`, which every notifier has.",
  ],
  [
    "says nothing of what it is",
    "[./own.mjs]",
    moduleOf(SOUND.replace("isService: true", "isService: 1")),
    "`./own.mjs` has a manifest without a sound `isService`.",
  ],
  [
    "has an option that is everybody's",
    "[./own.mjs]",
    moduleOf(SOUND.replaceAll("team", "apiKey")),
    "`./own.mjs` has an option `apiKey`, which every connection to a service has.",
  ],
  [
    "has a secret within an option",
    "[./own.mjs]",
    moduleOf(
      SOUND.replace('"destination"', '"source"').replace(
        "team: {",
        'auth: {type: "object", properties: {key: {$ref: "#/$defs/secret"}}}, team: {',
      ),
    ),
    "`./own.mjs` has an option `auth` with a secret inside of it, where it would not be known as one.",
  ],
  [
    "has a list of secrets",
    "[./own.mjs]",
    moduleOf(SOUND.replace("team: {", 'keys: {type: "array", items: {$ref: "#/$defs/secret"}}, team: {')),
    "`./own.mjs` has an option `keys` with a secret inside of it, where it would not be known as one.",
  ],
  [
    "has a secret by way of another schema",
    "[./own.mjs]",
    moduleOf(SOUND.replace("team: {", 'keys: {$ref: "#/$defs/stateKeys"}, team: {')),
    "`./own.mjs` has an option `keys` with a secret inside of it, where it would not be known as one.",
  ],
  [
    "has no schema",
    "[./own.mjs]",
    moduleOf(SOUND.replace('type: "string"', 'type: "words"')),
    "`./own.mjs` has options whose schema is not a JSON Schema.",
  ],
  [
    "loads nothing",
    "[./own.mjs]",
    `export const manifest = ${SOUND};`,
    "`./own.mjs` has no function `load`.",
  ],
])("a module that %s is reported alone", async (_, plugins, code, message) => {
  const { errors, text, config } = await load({
    "exports.config.yaml": configOf(plugins),
    ...(code === undefined ? {} : { "own.mjs": code, "other.mjs": code }),
  });
  // The tests run modules by a tool of their own, whose errors have other names.
  expect(errors.map((one) => one.message.replace(/\(\w+Error\)/u, "(•)"))).toEqual([message]);
  expect(text).not.toContain("canary");
  expect(config).toBeUndefined();
});

test("an included file brings no module", async () => {
  const { text, ran } = await load({
    "exports.config.yaml": configOf("[./own.mjs]").replace("plugins: [./own.mjs]", "include: [more.yaml]"),
    "more.yaml": "plugins: [./own.mjs]\n",
    "own.mjs": moduleOf(SOUND),
  });
  expect(text).toContain("`plugins` is in an included file.");
  expect(ran).toBe(false);
});

test("no module is run when only the layout of a file counts", async () => {
  const { ran } = await load(
    { "exports.config.yaml": configOf("[./own.mjs]"), "own.mjs": moduleOf(SOUND) },
    { loadsPlugins: false },
  );
  expect(ran).toBe(false);
});

test("another value of an option of its own is another definition of its exports", async () => {
  const digests = [];
  for (const team of ["sales", "support"]) {
    const { config, text } = await load({
      "exports.config.yaml": configOf("[./own.mjs]").replace("sales", team),
      "own.mjs": moduleOf(SOUND),
    });
    expect(text).toBe("");
    const weekly = config?.exports.get("weekly");
    if (config !== undefined && weekly !== undefined) digests.push(definitionOf(weekly, config).digest);
  }
  expect(new Set(digests).size).toBe(2);
});

test("the key file of a connection of an unknown type is a secret when no module is run", async () => {
  const { config, folder } = await load(
    {
      "exports.config.yaml": configOf(
        "[./own.mjs]",
        "{type: own-lists, apiKey: {file: secrets/own.key}, team: sales}",
      ),
      "own.mjs": moduleOf(SOUND),
    },
    { loadsPlugins: false },
  );
  expect(config?.connections.size).toBe(0);
  expect(config?.secretFiles).toEqual([join(folder, "secrets/own.key")]);
});

test("a base that names no module is invalid with an unknown type", async () => {
  const files = {
    "exports.config.yaml": configOf("[./own.mjs]").replace("plugins: [./own.mjs]\n", ""),
    "own.mjs": moduleOf(SOUND),
  };
  const copy = await folderOf(files);
  const base = {
    root: join(copy, "exports.config.yaml"),
    copy,
    checkout: join(copy, "checkout"),
    name: "main",
  };
  expect(await readBaseConfig(base, signal)).toMatchObject({
    fault: expect.stringContaining("`type` of `connections.own`") as unknown,
  });
});

test.each(["() => { throw new TypeError('canary') }", "() => 'canary'", "() => ({message: 1})"])(
  "a plug-in that checks a list's name by %s accepts none, and says so",
  async (judge) => {
    const { errors, text } = await load({
      "exports.config.yaml": configOf("[./own.mjs]").replace('{id: "1"}', "{name: All, create: true}"),
      "own.mjs": moduleOf(SOUND.replace("{contract: 1", `{listNameFault: ${judge}, contract: 1`)),
    });
    expect(errors.map(({ code }) => code)).toEqual(["list-name"]);
    expect(text).toContain("The plug-in of Own cannot tell whether a list may be called so.");
    expect(text).not.toContain("canary");
  },
);

test("a package that exports only what `import` finds is not called missing", async () => {
  const { text } = await load({
    "exports.config.yaml": configOf("[own-lists]"),
    "node_modules/own-lists/package.json": `{"name": "own-lists", "type": "module", "exports": {"import": "./own.js"}}`,
    "node_modules/own-lists/own.js": moduleOf(SOUND),
  });
  expect(text).toContain("The package `own-lists` exports nothing that can be found here.");
});

const KEYED = `{contract: 1, kind: "KIND", type: "own-kind", description: "Own.", options: {properties: {
  path: {type: "string"}, key: {$ref: "#/$defs/secret"}, size: {type: "integer", minimum: 1}}, required: ["key"]}}`;
const withKeyed = (entry: string): Readonly<Record<string, string>> => ({
  "exports.config.yaml": `version: 1
plugins: [./own.mjs, ./other.mjs]
connections:
  box: {type: file, path: lists}
sources:
  crm: ${entry}
notifiers:
  ops: ${entry}
segments:
  all: {source: crm}
exports:
  weekly: {connection: box, list: {id: "1"}, segments: [all], match: {email: email}}
`,
  "own.mjs": moduleOf(KEYED.replace("KIND", "source")),
  "other.mjs": moduleOf(KEYED.replace("KIND", "notifier")),
});

test("a source and a notifier of modules have their type, their options without secrets, and their secrets", async () => {
  const { config, text, folder } = await load(
    withKeyed("{type: own-kind, path: data/here, size: 3, key: {file: secrets/own.key}}"),
  );
  expect(text).toBe("");
  const file = join(folder, "secrets/own.key");
  expect(config?.sources.get("crm")).toMatchObject({
    type: "own-kind",
    module: join(folder, "own.mjs"),
    options: { path: join(folder, "data/here"), size: 3 },
    secrets: { key: { file } },
  });
  expect(config?.notifiers.get("ops")).toMatchObject({
    type: "own-kind",
    module: join(folder, "other.mjs"),
    secrets: { key: { file } },
  });
  expect(config?.notifiers.get("ops")?.options).not.toHaveProperty("key");
  expect(config?.secretFiles).toEqual([file]);
});

test("options of a source and of a notifier are held against the schemas of their manifests", async () => {
  const { text } = await load(withKeyed("{type: own-kind, size: 0, path: ../away}"));
  for (const place of ["sources.crm", "notifiers.ops"]) {
    expect(text).toContain(`\`${place}.size\` has to be at least 1.`);
    expect(text).toContain(`\`key\` is missing in \`${place}\`.`);
  }
});

test("a path of a source of a module has to stay in the project", async () => {
  const { text } = await load(withKeyed("{type: own-kind, path: ../away, key: {env: KEY}}"));
  expect(text).toContain("`../away` leads out of the project folder.");
});

test("where no module is run, the key files of sources and notifiers that only modules know are secrets all the same", async () => {
  const files = withKeyed("{type: own-kind, key: {file: secrets/own.key}}");
  const { config, folder, ran } = await load(files, { loadsPlugins: false });
  expect(ran).toBe(false);
  expect(config?.secretFiles).toEqual([join(folder, "secrets/own.key")]);
});

test("what may be a secret of a source whose type is not known is not shown", async () => {
  const { text } = await load({
    "exports.config.yaml": "version: 1\nsources:\n  crm: {type: gone, dsn: postgres-canary-dsn}\n",
  });
  expect(text).toContain("`type` of `sources.crm` has to be one of files, duckdb");
  expect(text).not.toContain("canary");
});

test("a connection may call its type by an alias, which changes nothing of its exports", async () => {
  const digests = [];
  for (const type of ["own-lists", "old-lists"]) {
    const { config, text } = await load({
      "exports.config.yaml": configOf("[./own.mjs]").replace("type: own-lists", `type: ${type}`),
      "own.mjs": moduleOf(SOUND.replace("{contract", '{aliases: ["old-lists"], contract')),
    });
    expect(text).toBe("");
    expect(config?.connections.get("own")?.type).toBe("own-lists");
    const weekly = config?.exports.get("weekly");
    if (config !== undefined && weekly !== undefined) digests.push(definitionOf(weekly, config).digest);
  }
  expect(new Set(digests).size).toBe(1);
});
