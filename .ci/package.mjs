// Writes what Rollcall is installed from: `npm run package -- FOLDER [--store s3]` packs this very checkout into
// FOLDER/rollcall.tgz, beside a package.json and a package-lock.json that pin it, and all it needs, by SHA-512.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { pinnedLock } from "./package/pinned-lock.mjs";

const ARCHIVE = "rollcall.tgz";
const root = fileURLToPath(new URL("../", import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { store: { type: "string", multiple: true, default: [] } },
});
if (positionals.length !== 1)
  stop("Name one folder: npm run package -- FOLDER [--store azureBlob|s3|postgres]");
// npm runs this in the root of the checkout, and people name folders from where they are.
const folder = resolve(process.env.INIT_CWD ?? ".", positionals[0]);
const earlier = librariesOf(folder);
const packed = pack();
const { backends } = await import("../dist/registry/backends.js");
const packagesOf = Object.fromEntries(
  backends.flatMap(({ type, packages }) => (packages.length === 0 ? [] : [[type, packages]])),
);
const libraries = new Set([
  ...earlier,
  ...values.store.flatMap(
    (store) =>
      packagesOf[store] ??
      stop(
        `There is no store ${store} that needs a package; there are ${Object.keys(packagesOf).join(", ")}.`,
      ),
  ),
]);

const integrity = `sha512-${createHash("sha512").update(readFileSync(packed)).digest("base64")}`;
const source = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
const { dependencies, lock } = pinnedLock(source, { archive: ARCHIVE, integrity, libraries: [...libraries] });
mkdirSync(folder, { recursive: true });
copyFileSync(packed, join(folder, ARCHIVE));
rmSync(packed);
const manifest = { private: true, description: `Rollcall, packed from ${commit()}`, dependencies };
for (const [name, content] of [
  ["package.json", manifest],
  ["package-lock.json", lock],
])
  writeFileSync(join(folder, name), `${JSON.stringify(content, undefined, 2)}\n`);
console.log(`${ARCHIVE} ${integrity}
from ${commit()}, with ${Object.keys(lock.packages).length - 2} packages that are pinned by package-lock.json.

Install it in ${folder}: npm ci --ignore-scripts`);

function pack() {
  const target = mkdtempSync(join(tmpdir(), "rollcall-package-"));
  const words = ["pack", "--json", "--pack-destination", target];
  const stdio = ["ignore", "pipe", "inherit"];
  const printed = execFileSync("npm", words, { cwd: root, encoding: "utf8", stdio });
  // What the build says stands before it.
  const [{ filename }] = JSON.parse(printed.slice(printed.search(/^\[$/m)));
  return join(target, filename);
}

/** The libraries of stores that an earlier package was given. What else a folder holds is not ours to write over. */
function librariesOf(path) {
  let text;
  try {
    text = readFileSync(join(path, "package.json"), "utf8");
  } catch {
    return [];
  }
  const {
    private: _,
    description: __,
    dependencies: { rollcall, ...others } = {},
    ...rest
  } = JSON.parse(text);
  if (rollcall === `file:${ARCHIVE}` && Object.keys(rest).length === 0) return Object.keys(others);
  return stop(
    `${path} has a package.json of its own. Name a folder for Rollcall alone, such as ${join(path, "tools/rollcall")}.`,
  );
}

function commit() {
  const git = (...words) => execFileSync("git", words, { cwd: root, encoding: "utf8" }).trim();
  const changed = git("status", "--porcelain") === "" ? "" : ", and changes that are not committed";
  return `commit ${git("rev-parse", "HEAD")}${changed}`;
}

function stop(why) {
  console.error(why);
  process.exit(3);
}
