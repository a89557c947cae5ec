import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Approval } from "../../../src/model/config/approval.js";
import type { PlanFile } from "../../../src/model/plan/plan-file.js";
import type { StateRoot } from "../../../src/state/root/root.js";
import { spendApprovals } from "../../../src/approvals/approvals-for-run.js";
import { verifyApprovals } from "../../../src/approvals/verify.js";
import type { Run } from "../../../src/run/run.js";
import { readCommitAuthors, mustKnowCommitAuthors } from "../../../src/approvals/authors/authors.js";
import { mustBeRecent } from "../../../src/approvals/saved-plan/plan-base.js";

const LIMITS = { maxAgeSeconds: 3600, timezone: "UTC" };

const { signal } = new AbortController();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-approval-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("an approval that cannot be read", () => {
  const rules = {
    allowedSigners: "",
    groups: new Map(),
    identities: new Map(),
    maxAgeSeconds: 60,
    maxPlanAgeSeconds: 60,
    tolerance: { count: 0, share: 0 },
  };
  const context = { digest: "d", authors: [], used: new Set<string>(), now: new Date() };
  const verify = (path: string, signers = "signers"): Promise<Approval[]> =>
    verifyApprovals([path], { ...rules, allowedSigners: join(folder, signers) }, context, {
      folder,
      checkout: folder,
      signal,
    });

  it("is refused when it holds more than an approval does", async () => {
    await writeFile(join(folder, "signers"), "");
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const fields = `"kind":"rollcall-approval","formatVersion":1,"id":"one","digest":"d","approvedAt":"2026-11-28"`;
    await writeFile(join(folder, "deep.json"), `{"statement":{${fields},"more":${deep}},"signature":"x"}`);
    await expect(verify(join(folder, "deep.json"))).rejects.toMatchObject({ kind: "invalid" });
  });

  it("is named by its place", async () => {
    await writeFile(join(folder, "signers"), "");
    await mkdir(join(folder, "folder.json"));
    for (const [name, why] of [
      ["missing.json", "does not exist"],
      ["folder.json", "is a folder and not a file"],
    ] as const)
      await expect(verify(join(folder, name))).rejects.toMatchObject({
        kind: "invalid",
        message: `The approval ${join(folder, name)} ${why}.`,
      });
    await expect(verify(join(folder, "missing.json"), "nowhere")).rejects.toMatchObject({
      kind: "invalid",
      message: `The file of allowed signers ${join(folder, "nowhere")} does not exist.`,
    });
  });
});

describe("an approval that was used", () => {
  const at = (time: string): Run =>
    ({ clock: new Date(time), config: { approvals: { maxAgeSeconds: 3600 } } }) as unknown as Run;
  const approval: Approval = {
    id: "one",
    signer: "anna@example.com",
    groups: [],
    approvedAt: "2026-11-28T12:04:00.000Z",
  };

  it("is remembered as long as it is young, by the clock of who made it", () => {
    const root = {} as StateRoot;
    // Their clock is four minutes ahead of ours.
    spendApprovals(root, at("2026-11-28T12:00:00Z"), [approval], undefined);
    const another = { ...approval, id: "two" };
    spendApprovals(root, at("2026-11-28T13:02:00Z"), [another], undefined);
    expect(() => spendApprovals(root, at("2026-11-28T13:03:00Z"), [approval], undefined)).toThrow("was used");
  });
});

describe("the authors of a checkout", () => {
  const git = (cwd: string, ...words: string[]): void => {
    execFileSync("git", words, { cwd, stdio: "ignore" });
  };
  const commit = (cwd: string, who: string): void => {
    const as = ["-c", `user.name=${who}`, "-c", `user.email=${who}@example.com`];
    git(cwd, ...as, "commit", "--quiet", "--allow-empty", "--message", who);
  };

  it("are unknown when only the last commit was fetched, or the base is missing", async () => {
    const whole = join(folder, "whole");
    await mkdir(whole);
    git(whole, "init", "--quiet");
    commit(whole, "anna");
    expect(await readCommitAuthors(whole, undefined, signal)).toEqual(["anna@example.com"]);
    commit(whole, "ben");
    commit(whole, "carla");
    expect(await readCommitAuthors(whole, undefined, signal)).toEqual(["carla@example.com"]);
    expect(await readCommitAuthors(whole, "HEAD~2", signal)).toEqual([
      "ben@example.com",
      "carla@example.com",
    ]);
    for (const base of ["origin/nowhere", "--output=made"])
      await expect(readCommitAuthors(whole, base, signal)).rejects.toMatchObject({ kind: "invalid" });

    git(folder, "clone", "--quiet", "--depth", "1", `file://${whole}`, "shallow");
    const shallow = join(folder, "shallow");
    expect(await readCommitAuthors(shallow, undefined, signal)).toBeUndefined();
    await expect(mustKnowCommitAuthors(shallow, undefined, signal)).rejects.toMatchObject({
      kind: "invalid",
    });
  });
});

describe("the age of a plan", () => {
  const file = {
    plan: { createdAt: "2026-11-01T00:00:00.000Z" },
    expiresAt: "2027-11-01T00:00:00.000Z",
  } as PlanFile;

  it("is what the config of today allows, however long the plan gave itself", () => {
    expect(() => mustBeRecent(file, LIMITS, new Date("2026-11-01T00:59:00Z"))).not.toThrow();
    expect(() => mustBeRecent(file, LIMITS, new Date("2026-11-01T01:01:00Z"))).toThrow(
      "is too old: it was made at 2026-11-01T00:00:00Z",
    );
  });

  it("is too great when it cannot be told", () => {
    const young = (one: typeof file) => () => mustBeRecent(one, LIMITS, new Date("2026-11-01T00:01:00Z"));
    expect(young({ ...file, plan: { ...file.plan, createdAt: "some day" } })).toThrow("cannot be told");
    expect(young({ ...file, expiresAt: "2026-99-99T99:99:99Z" })).toThrow("is too old");
  });
});
