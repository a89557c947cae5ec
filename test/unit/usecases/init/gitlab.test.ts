import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expandedPipeline } from "../../../support/ci/pipeline.js";
import { FULL } from "../../../support/full.js";
import { type Variant, writtenFor } from "../../../support/ci/written.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-gitlab-"));
  execFileSync("git", ["init", "--quiet", folder]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each<Variant & { token: string | undefined }>([
  { store: "azureBlob", environments: true, token: "AZURE_FEDERATED_TOKEN_FILE" },
  { store: "s3", environments: false, token: "AWS_WEB_IDENTITY_TOKEN_FILE" },
  ...(FULL ? [{ store: "postgres", environments: true, token: undefined } as const] : []),
])("the pipeline with state in $store keeps to GitLab's own schema", async ({ token, ...variant }) => {
  for (const [path, text] of await writtenFor("gitlab", variant)) {
    expect(text).not.toMatch(/__[A-Z]+__|# (?:if \w+|end)$/m);
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  await writeFile(join(folder, ".gitlab-ci.yml"), "include: [{local: .gitlab/rollcall.yml}]\n");
  execFileSync("git", ["add", "--all"], { cwd: folder });
  const jobs = await expandedPipeline(folder);
  const login = /export (A\w+)=/.exec(String(jobs["rollcall:apply"]?.before_script?.join("\n")))?.[1];
  expect(login).toBe(token);
  expect(jobs["rollcall:apply"]?.["id_tokens"] !== undefined).toBe(token !== undefined);
  // Who writes to the merge request has no checkout, no login and no other script than its own.
  expect(jobs["rollcall:comment"]).toMatchObject({ variables: { GIT_STRATEGY: "none" } });
  expect(jobs["rollcall:comment"]).not.toHaveProperty("before_script");
});

test("what breaks the schema is found", async () => {
  await writeFile(join(folder, ".gitlab-ci.yml"), "a: {script: [x], resource_group: [1]}\n");
  await expect(expandedPipeline(folder)).rejects.toThrow("resource_group");
});
