// Writes src/validators/*.gen.ts: the validators that ajv makes of the schemas. They are not under version control; `npm run build`,
// `prepare` (so that a fresh clone has them) and `npm run generate` call this.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { checkedSchema, withoutReferences } from "./validators/checked-schema.mjs";
import { standaloneValidator } from "./validators/standalone-validator.mjs";

const root = new URL("../", import.meta.url);
const folder = new URL("src/validators/", root);

const config = checkedSchema(read("config"));
const testFile = checkedSchema(withoutReferences(read("test")));

/** Of documents that Rollcall wrote; those in `stored` are not a contract with anybody else. */
const ours = {
  "state-root": ["validateStateRoot", read("state-root")],
  "plan-file": ["validatePlanFile", read("plan-file"), [read("plan")]],
  manifest: ["validateManifest", read("stored/manifest")],
  expectation: ["validateExpectation", read("stored/expectation")],
  approval: ["validateApproval", read("stored/approval")],
  "saved-label": ["validateSavedLabel", read("stored/saved-label")],
  trial: ["validateTrial", read("stored/trial")],
};

/** Name of a module → its text. */
const modules = {
  ...Object.fromEntries(
    Object.entries(ours).map(([name, [validator, schema, refersTo]]) => [
      name,
      standaloneValidator(validator, schema, { writtenBy: "rollcall", refersTo }),
    ]),
  ),
  config: standaloneValidator("validateConfig", config, { writtenBy: "people" }),
  "test-file": standaloneValidator("validateTestFile", testFile, { writtenBy: "people" }),
  "config-schema": `export const configSchema: unknown = ${JSON.stringify(config)};\n`,
  "test-file-schema": `export const testFileSchema: unknown = ${JSON.stringify(testFile)};\n`,
};

mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(modules))
  writeIfChanged(`${name}.gen.ts`, `// Written by .ci/validators.mjs; not under version control.\n${text}`);
for (const file of readdirSync(folder))
  if (file.endsWith(".gen.ts") && !Object.hasOwn(modules, file.slice(0, -".gen.ts".length)))
    rmSync(new URL(file, folder));

function read(name) {
  return JSON.parse(readFileSync(new URL(`schemas/${name}.schema.json`, root), "utf8"));
}

/** At once, as another build may be reading it; and not at all where nothing changes, so that tsc need not look again. */
function writeIfChanged(file, text) {
  const path = fileURLToPath(new URL(file, folder));
  if (current(path) === text) return;
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, text);
  renameSync(fresh, path);
}

function current(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}
