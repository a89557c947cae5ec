import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { loadEnvironments } from "../../../../src/config/environments/load.js";
import { flatConfigText } from "../../../../src/config/environments/written.js";
import { formatConfig } from "../../../../src/config/write/fmt.js";
import { loadConfig } from "../../../../src/config/load.js";
import { createTextShower, shownText } from "../../../../src/config/secrets/shown-text.js";
import type { SecretRef } from "../../../../src/model/config/secret-ref.js";
import { resolveSecret } from "../../../../src/platform/secrets/resolve-secret.js";
import { FULL } from "../../../support/full.js";
import { folderOf, signal } from "../support.js";

const bytes = (count: number): Buffer => randomBytes(count);
const letters = (count: number, alphabet: string): string =>
  [...bytes(count)].map((byte) => alphabet[byte % alphabet.length]).join("");

/** What keys look like, and what could be taken for something else. None is the same twice. */
const SHAPES: Readonly<Record<string, () => string>> = {
  brevo: () => `xkeysib-${bytes(32).toString("hex")}-${letters(16, "abcdefXYZ0189")}`,
  sendgrid: () => `SG.${letters(22, "abcXYZ019_-")}.${letters(43, "abcXYZ019_-")}`,
  hex: () => bytes(16).toString("hex"),
  base32: () => letters(32, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
  base64: () => `${bytes(30).toString("base64")}+/==`,
  words: () => `${letters(9, "bcdfgaeiou")} ${letters(9, "bcdfgaeiou")} ${letters(9, "bcdfgaeiou")}`,
  snake: () => `${letters(8, "QWRTZ")}_${letters(8, "QWRTZ")}`,
  url: () =>
    `https://${letters(8, "bcdfg")}:${letters(12, "bcdfg")}@hooks.example.com/${letters(12, "bcdfg")}`,
  path: () => `/${letters(10, "bcdfg")}/${letters(10, "bcdfg")}.key`,
};
/** Looks that the YAML around it has to survive, or may not. */
const SIGNS: Readonly<Record<string, (key: string) => string>> = {
  plain: (key) => key,
  quoted: (key) => `"${key}"`,
  single: (key) => `'${key}'`,
  "an alias": (key) => `*${key}`,
  "an anchor": (key) => `&${key}`,
  "an anchor of a reference": (key) => `&${key} {env: NAME_OF_KEY}`,
  "a tag": (key) => `!${key}`,
  "a directive": (key) => `%${key}`,
  reserved: (key) => `@${key}`,
  "a block header": (key) => `|${key}`,
  "a comment": (key) => `#${key}`,
  "an open quote": (key) => `"${key}`,
  "an escape": (key) => `"\\${key}"`,
  "a list": (key) => `[${key}, ${key}]`,
  "a key": (key) => `{${key}: 1}`,
  "a key alone": (key) => `{${key}}`,
  "a key above": (key) => `${key}: 1`,
  "a key with more": (key) => `a: ${key}: 1`,
  "an open bracket": (key) => `[${key}`,
  env: (key) => `{env: ${key}}`,
  file: (key) => `{file: ${key}}`,
  "file quoted": (key) => `{file: "${key}"}`,
  command: (key) => `{command: [no-such-program, "${key}"]}`,
  "the program": (key) => `{command: ["${key}"]}`,
  "command as text": (key) => `{command: "${key}"}`,
  both: (key) => `{env: "${key}", file: "${key}"}`,
  token: (key) => `{token: ${key}}`,
  "env as a list": (key) => `{env: ["${key}"]}`,
  "with a comment": (key) => `{env: NAME_OF_KEY} # ${key}`,
  "a folded text": (key) => `>-\n            ${key}\n            ${key}`,
};
const AGREED = "dataPrivacy: {agreed: true, by: Anna, on: 2026-11-01}";
const rest = (more: string): string => `version: 1
bogus: 1
${more}
bogus2: 1
`;
const connection = (line: string): string => `connections:
    a:
        type: brevo
        bogus: 1
        ${line}
        bogus2: 1
        ${AGREED}`;
/** A line of a config in which a secret belongs, or into which one is pasted. */
const PLACES: Readonly<Record<string, (value: string) => string>> = {
  apiKey: (value) => rest(connection(`apiKey: ${value}`)),
  "apiKey, nothing else wrong": (value) =>
    `version: 1\nconnections:\n    a: {type: brevo, ${AGREED}, apiKey: ${value}}\n`,
  apikey: (value) => rest(connection(`apikey: ${value}`)),
  api_key: (value) => rest(connection(`api_key: ${value}`)),
  key: (value) => rest(connection(`key: ${value}`)),
  token: (value) => rest(connection(`token: ${value}`)),
  "quoted key": (value) => rest(connection(`"apiKey" : ${value}`)),
  "explicit key": (value) => rest(connection(`? apiKey\n        : ${value}`)),
  "another type": (value) => rest(connection(`apiKey: ${value}`).replace("type: brevo", "type: file")),
  "unknown type": (value) => rest(connection(`apiKey: ${value}`).replace("type: brevo", "type: brvo")),
  connection: (value) => rest(`connections:\n    a: ${value}`),
  // What takes the place of a name is a name, and printed everywhere.
  connections: (value) => rest(`connections: ${value.startsWith("{") ? "[]" : value}`),
  forget: (value) => rest(`forget: ${value}`),
  "forget.key": (value) => rest(`forget:\n    key: ${value}`),
  "forget.kee": (value) => rest(`forget:\n    kee: ${value}`),
  state: (value) => rest(`state: ${value}`),
  encryption: (value) => rest(`state:\n    encryption: ${value}`),
  "encryption.key": (value) => rest(`state:\n    encryption:\n        key: ${value}`),
  previousKeys: (value) =>
    rest(`state:\n    encryption:\n        key: {env: NAME_OF_KEY}\n        previousKeys: ${value}`),
  previousKey: (value) =>
    rest(
      `state:\n    encryption:\n        key: {env: NAME_OF_KEY}\n        previousKeys:\n          - ${value}`,
    ),
  connectionString: (value) => rest(`state:\n    type: azureBlob\n    connectionString: ${value}`),
  sasToken: (value) => rest(`state:\n    type: azureBlob\n    container: abc\n    sasToken: ${value}`),
  secretAccessKey: (value) => rest(`state:\n    type: s3\n    bucket: abc\n    secretAccessKey: ${value}`),
  "postgres url": (value) => rest(`state:\n    type: postgres\n    url: ${value}`),
  "no store": (value) => rest(`state:\n    url: ${value}`),
  "slack url": (value) => rest(`notifiers:\n    ops:\n        type: slack\n        url: ${value}`),
  "webhook url": (value) => rest(`notifiers:\n    ops:\n        type: webhook\n        url: ${value}`),
  signingSecret: (value) =>
    rest(
      `notifiers:\n    ops:\n        type: webhook\n        url: {env: NAME_OF_URL}\n        signingSecret: ${value}`,
    ),
  password: (value) =>
    rest(`notifiers:\n    ops:\n        type: smtp\n        host: a.example\n        password: ${value}`),
  passwort: (value) =>
    rest(`notifiers:\n    ops:\n        type: smtp\n        host: a.example\n        passwort: ${value}`),
  notifier: (value) => rest(`notifiers:\n    ops: ${value}`),
  "the top": (value) => rest(`apiKey: ${value}`),
  "an export": (value) => rest(`exports:\n    weekly:\n        apiKey: ${value}`),
  overlay: (value) =>
    rest(
      `${connection("apiKey: {env: NAME_OF_KEY}")}\nenvironments:\n    p:\n        connections:\n            a:\n              bogus: 1\n              apiKey: ${value}`,
    ),
  "overlay, nothing else wrong": (value) =>
    `version: 1\nconnections:\n    a: {type: brevo, ${AGREED}, apiKey: {env: NAME_OF_KEY}}\nenvironments:\n    p: {connections: {a: {apiKey: ${value}}}}\n    q: {}\n`,
  "overlay apikey": (value) =>
    rest(
      `${connection("apiKey: {env: NAME_OF_KEY}")}\nenvironments:\n    p:\n        connections:\n            a:\n              apikey: ${value}`,
    ),
  "overlay state": (value) =>
    rest(`environments:\n    p:\n        state:\n            encryption:\n              key: ${value}`),
  "overlay forget": (value) => rest(`environments:\n    p:\n        forget:\n            key: ${value}`),
  "overlay notifier": (value) =>
    rest(
      `notifiers:\n    ops: {type: slack, url: {env: NAME_OF_URL}}\nenvironments:\n    p:\n        notifiers:\n            ops:\n              url: ${value}`,
    ),
  "an anchor elsewhere": (value) => rest(`x-key: &k ${value}\n${connection("apiKey: *k")}`),
  "an anchor in plain sight": (value) =>
    rest(connection(`displayName: &k ${value}\n        bogus3: 1\n        apiKey: *k`)),
  merged: (value) => rest(`x-base: &base\n    apiKey: ${value}\n    bogus: 1\n${connection("<<: *base")}`),
  "merged in place": (value) => rest(connection(`<<: {apiKey: ${value}}`)),
  "out of use": (value) => rest(connection(`# apiKey: ${value.replaceAll("\n", "\n#")}`)),
  "after a fault": (value) => `version: 1\nx: [\n${connection(`apiKey: ${value}`)}\n`,
  "before a fault": (value) => `version: 1\n${connection(`apiKey: ${value}`)}\nx: [\n`,
  "beside a tab": (value) => `version: 1\n${connection(`apiKey: ${value}`)}\n\t\tx: 1\n`,
  "stands twice": (value) => `version: 1\n${connection(`apiKey: ${value}\n        apiKey: ${value}`)}\n`,
  "too deep": (value) => `version: 1\n${connection(`apiKey: ${value}`)}\nx: ${"[".repeat(500)}\n`,
};

/** Everything that commands print of a config, whatever it is like. */
async function said(text: string): Promise<string> {
  const cwd = await folderOf({
    "exports.config.yaml": text,
    "included.yaml": "version: 1\ninclude: [exports.config.yaml]\n",
  });
  const parts: unknown[] = [formatConfig(text).diagnostics];
  const shown = createTextShower();
  for (const configPath of ["exports.config.yaml", "included.yaml"])
    for (const environment of [undefined, "p"]) {
      const { config, diagnostics } = await loadConfig({ cwd, configPath, environment, signal });
      parts.push(diagnostics);
      if (config === undefined) continue;
      for (const { apiKey } of config.connections.values())
        if (apiKey !== undefined) parts.push(await whyNot(apiKey, cwd));
    }
  const all = await loadEnvironments({ cwd, configPath: "exports.config.yaml", signal });
  parts.push(all.diagnostics, ...all.environments.map(({ merged }) => shown(flatConfigText(merged))));
  parts.push(shownText(text, "a.yaml"), shownText(formatConfig(text).text ?? "", "a.yaml"));
  return parts.map((part) => (typeof part === "string" ? part : JSON.stringify(part))).join("\n");
}

async function whyNot(ref: SecretRef, folder: string): Promise<unknown> {
  return resolveSecret(ref, { folder, signal, place: "connections.a.apiKey" }).catch(
    ({ message, hint }: { message: string; hint?: string }) => ({ message, hint }),
  );
}

/** A part of the key that is long enough to be of use. */
function leaked(key: string, output: string): string | undefined {
  for (let at = 0; at + 6 <= key.length; at++) {
    const part = key.slice(at, at + 6);
    if (/^[\w-]+$/.test(part) && !"hooks.example.com".includes(part) && output.includes(part)) return part;
  }
  return undefined;
}

describe("a text in the place of a secret is never printed", () => {
  const shapes = Object.entries(SHAPES);
  let turn = 0;
  // A third of all pairs, another one at each place; the full run tries all of them.
  test.each([...Object.keys(PLACES).entries()])("%i %s", async (index, name) => {
    const signs = Object.entries(SIGNS).filter((_, sign) => FULL || (sign + index) % 3 === 0);
    for (const [sign, written] of signs) {
      const [shape, make] = shapes[turn++ % shapes.length] ?? ["hex", SHAPES["hex"]!];
      const key = make();
      const text = PLACES[name]?.(written(key)) ?? "";
      const output = await said(text);
      expect(leaked(key, output), `${shape} as ${sign}:\n${text}\n${output}`).toBeUndefined();
    }
  });
});
