// Puts the built command and the packages that it needs into few files, dist/command: reading many hundred small ones is
// half of the time that a short command takes.
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("../", import.meta.url));
const target = join(root, "dist/command");
const { peerDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** What is found when it is needed: machine code, a part for each kind of machine, and the compiler for a config in TypeScript. */
const OUTSIDE = ["@duckdb/node-bindings", "typescript", ...Object.keys(peerDependencies)];

const bundle = await rolldown({
  input: { rollcall: join(root, "dist/cli/main.js") },
  platform: "node",
  external: OUTSIDE.map((name) => new RegExp(`^${name}(?:[/-]|$)`, "u")),
  checks: { eval: false },
});
const fresh = `${target}.${process.pid}`;
const { output } = await bundle.write({ dir: fresh, format: "esm", chunkFileNames: "[name]-[hash].js" });
await bundle.close();
writeFileSync(join(fresh, "LICENSES.md"), licences(output.flatMap(({ moduleIds }) => moduleIds ?? [])));
rmSync(target, { recursive: true, force: true });
renameSync(fresh, target);

/** What the licences of the packages inside ask for: their texts, beside the copy. */
function licences(modules) {
  const folders = new Set(
    modules.flatMap(
      (id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/u.exec(id.replaceAll("\\", "/"))?.[0] ?? [],
    ),
  );
  const parts = [...folders]
    .sort((a, b) => (a < b ? -1 : 1))
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      const file = readdirSync(folder).find((one) => /^licen[cs]e(-mit)?(\.|$)/iu.test(one));
      if (file === undefined && license === undefined)
        throw new Error(`${name} says nothing of its licence.`);
      const text =
        file === undefined
          ? `(${license}; the package holds no text of it.)`
          : readFileSync(join(folder, file), "utf8");
      return `## ${name} ${version}\n\n${text.trim()}\n`;
    });
  return `# Packages inside this command\n\n${parts.join("\n")}`;
}
