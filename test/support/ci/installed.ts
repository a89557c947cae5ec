import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What stands for the package in a team's repository, where a machine's `npm` is a stand-in. */
export const PACKED = "packed by the team";

export const integrityOf = (content: string | Uint8Array): string =>
  `sha512-${createHash("sha512").update(content).digest("base64")}`;

/** The three files that `npm run package` writes, about an archive. */
export async function writeInstalledFrom(folder: string, archive: string | Uint8Array): Promise<void> {
  const dependencies = { rollcall: "file:rollcall.tgz" };
  const own = {
    version: "0.1.0",
    resolved: "file:rollcall.tgz",
    integrity: integrityOf(archive),
    bin: { rollcall: "dist/cli/main.js" },
  };
  const packages = { "": { dependencies }, "node_modules/rollcall": own };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "rollcall.tgz"), archive);
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, dependencies }));
  await writeFile(
    join(folder, "package-lock.json"),
    JSON.stringify({ lockfileVersion: 3, requires: true, packages }),
  );
}
