import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { starterConfig } from "../../src/config/write/starter.js";
import { manifest } from "../../src/destinations/file/manifest.js";
import { rollcall } from "../support/rollcall.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-discovery-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const scripts = [
  ...["js", "cjs", "mjs", "ts"].flatMap((end) => [`.config/config.${end}`, `exports.config.${end}`]),
  ...["js", "cjs", "mjs", "ts"].map((end) => `.exportsrc.${end}`),
  ".config/exportsrc.js",
];

/** In a process of its own: what the library asks of the folder it asks once, as it is loaded. */
test.each([
  ["scripts in a checkout without a package.json", {}],
  [
    "a package.json that names other files",
    { "package.json": '{"cosmiconfig": {"cosmiconfig": {"searchPlaces": ["evil.yaml"]}}}' },
  ],
  ["options in .config", { ".config/config.yaml": "cosmiconfig: {searchPlaces: [evil.yaml]}\n" }],
  ["options that import a script", { ".config/config.json": '{"$import": "./config.js"}' }],
])(
  "looking for the config neither runs nor reads anything else: %s",
  async (_, options: Readonly<Record<string, string>>) => {
    const mark = join(folder, "ran");
    const evil = `require("node:fs").writeFileSync(${JSON.stringify(mark)}, ""); module.exports = {};\n`;
    const module = `import { writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(mark)}, ""); export default {};\n`;
    const files = {
      ...Object.fromEntries(scripts.map((path) => [path, /\.(?:mjs|ts)$/.test(path) ? module : evil])),
      "evil.yaml": "version: 2\n",
      ...options,
    };
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    await writeFile(join(folder, "exports.config.yaml"), starterConfig(manifest));
    const found = await rollcall(["validate"], { cwd: folder });
    expect(found.code, found.stderr).toBe(0);
    expect(existsSync(mark)).toBe(false);
  },
);
