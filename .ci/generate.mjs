// Runs every generator in .ci/generate. With --check it fails when one of them changes a file:
// what is generated has to be committed as it is generated.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const SKIP = new Set(["node_modules", "dist", ".git", "coverage", ".rollcall"]);

function fingerprints(folder, found = new Map()) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (SKIP.has(entry.name)) continue;
    if (entry.isDirectory()) fingerprints(path, found);
    else if (entry.isFile())
      found.set(
        path,
        createHash("sha256")
          .update(readFileSync(join(root, path)))
          .digest("hex"),
      );
  }
  return found;
}

function run(script) {
  const child = spawnSync(process.execPath, [join(root, ".ci", script)], { cwd: root, stdio: "inherit" });
  if (child.status === 0) return;
  console.error(`generator ${script} failed`);
  process.exit(1);
}

// Not under version control: what they write is no difference.
run("validators.mjs");
const before = fingerprints("");
const generators = readdirSync(join(root, ".ci/generate"))
  .filter((name) => name.endsWith(".mjs"))
  .sort();
for (const name of generators) run(`generate/${name}`);
const after = fingerprints("");
const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
  (p) => before.get(p) !== after.get(p),
);
for (const path of changed)
  console.log(`${before.has(path) ? (after.has(path) ? "changed" : "removed") : "created"} ${path}`);
if (process.argv.includes("--check") && changed.length > 0) {
  console.error("Generated files are not current. Run `npm run generate` and commit what it writes.");
  process.exit(1);
}
console.log(`${generators.length} generators, ${changed.length} files changed`);
