import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Builds dist once, because end-to-end tests run the built command. Type
 * errors are the type check's business: here they are shown and the tests go on.
 */
export default function setup(): void {
  const build = spawnSync("npm", ["run", "--silent", "build"], { cwd: root, encoding: "utf8" });
  if (build.status !== 0) console.error(`The build reported errors:\n${build.stdout}${build.stderr}`);
}
