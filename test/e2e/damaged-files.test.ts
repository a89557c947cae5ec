import { chmod, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { CANARY, folderElsewhere } from "../support/hostile-files.js";
import { rollcall } from "../support/rollcall.js";

const BAD = {
  packed: "packed.csv.gz",
  parquet: "people.parquet",
  linked: "linked.csv",
  folder: "folder.csv",
};
const CONFIG = `version: 1
connections:
  box: {type: file, path: lists, dataPrivacy: {agreed: true, by: Anna, on: 2026-11-01}}
sources:
  crm: {type: files, path: crm.csv}
${Object.entries(BAD)
  .map(([name, path]) => `  ${name}: {type: files, path: ${path}}`)
  .join("\n")}
segments:
  of_crm: {source: crm}
${Object.keys(BAD)
  .map((name) => `  of_${name}: {source: ${name}}`)
  .join("\n")}
exports:
${["crm", ...Object.keys(BAD)]
  .map(
    (name) =>
      `  ${name}: {connection: box, list: {name: ${name}, create: true}, segments: [of_${name}], match: {email: email}}`,
  )
  .join("\n")}
`;

it("an export whose file is damaged fails with the file named, and the others are carried out", async () => {
  const folder = await folderElsewhere();
  await mkdir(join(folder, "lists"));
  await mkdir(join(folder, "folder.csv"));
  await writeFile(join(folder, "exports.config.yaml"), CONFIG);
  await writeFile(join(folder, "crm.csv"), "email\na@example.com\n");
  const packed = gzipSync(`email\n${CANARY}@example.com\n`);
  await writeFile(join(folder, "packed.csv.gz"), packed.subarray(0, 15));
  await writeFile(join(folder, "people.parquet"), "not Parquet");
  await symlink("crm.csv", join(folder, "linked.csv"));
  await chmod(join(folder, "crm.csv"), 0o600);
  const { code, stdout, stderr } = await rollcall(["apply", "--auto-approve"], { cwd: folder });
  expect(`${stdout}${stderr}`).not.toMatch(/unexpected|canary/);
  expect(code, stderr).toBe(8);
  for (const said of [
    "packed.csv.gz is cut off",
    "people.parquet is cut off, or is not a Parquet file",
    "folder.csv is a folder",
  ])
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(said);
  for (const name of ["crm", "linked"])
    expect(await readFile(join(folder, `lists/${name}.csv`), "utf8")).toContain("a@example.com");
});
