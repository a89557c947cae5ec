import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { findSigners, signText } from "../../../../src/platform/secrets/ssh-signature.js";

const { signal } = new AbortController();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-ssh-"));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

it("an ssh-keygen of the checkout is not run, wherever on PATH it is", async () => {
  const [checkout, key, signers] = ["checkout", "key", "signers"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const bin = join(checkout, "node_modules/.bin");
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, "ssh-keygen"), `#!/bin/sh\ntouch ${folder}/ran\necho anna@example.com\n`, {
    mode: 0o755,
  });
  await symlink(bin, join(folder, "bin"));
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]);
  await writeFile(signers, `anna@example.com ${await readFile(`${key}.pub`, "utf8")}`);
  vi.stubEnv("PATH", [bin, join(folder, "bin"), process.env["PATH"]].join(":"));
  const signature = await signText("text", key, { checkout, signal });
  const options = { folder, checkout, signal };
  expect(await findSigners("text", signature, signers, options)).toEqual(["anna@example.com"]);
  expect(await findSigners("another text", signature, signers, options)).toBeUndefined();
  expect(existsSync(join(folder, "ran"))).toBe(false);
});

it("all names of a key are found, on however many lines", async () => {
  const [checkout, key, other, signers] = ["checkout", "key", "other", "signers"].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  for (const path of [key, other]) execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", path]);
  const [own, theirs] = await Promise.all([key, other].map((path) => readFile(`${path}.pub`, "utf8")));
  await writeFile(
    signers,
    `# a@x.example ${own}z@x.example ${theirs}b@x.example,c@x.example ${own}"d@x.example" namespaces="rollcall" ${own}*@y.example ${own}`,
  );
  const signature = await signText("text", key, { checkout, signal });
  const names = await findSigners("text", signature, signers, { folder, checkout, signal });
  expect(names?.toSorted()).toEqual(["*@y.example", "b@x.example", "c@x.example", "d@x.example"]);
});
