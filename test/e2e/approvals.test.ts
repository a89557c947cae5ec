import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { SignedApproval } from "../../src/model/config/approval.js";
import type { Plan } from "../../src/model/plan/plan.js";
import { openProject, type Project } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";
import { rollcall, type Ended } from "../support/rollcall.js";

/** Anna and Ben may approve releases, Carla may not, Mallory is nobody. */
const PEOPLE = ["anna", "ben", "carla", "mallory"];

let project: Project;
let remote: Remote;
let list: string;

beforeEach(async () => {
  project = await openProject();
  remote = remoteOf(project, "brevo");
  list = await remote.addList("customers");
  const git = (...words: string[]): void => {
    const who = ["-c", "user.name=Ben", "-c", "user.email=ben@home.example"];
    execFileSync("git", [...who, ...words], { cwd: project.folder, stdio: "ignore" });
  };
  const signers: string[] = [];
  for (const name of PEOPLE) {
    const key = join(project.folder, `${name}.key.tmp`);
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", key]);
    if (name !== "mallory") signers.push(`${name}@example.com ${await readFile(`${key}.pub`, "utf8")}`);
  }
  await project.write("signers", signers.join(""));
  await project.config({
    approvals: {
      allowedSigners: "signers",
      groups: { release: ["anna@example.com", "ben@example.com"] },
      identities: { "ben@example.com": ["ben@home.example"] },
    },
    policies: {
      many: {
        level: "mandatory",
        deny: "plan.adds > 3",
        message: "More than three people at once.",
        approvals: { from: "release", count: 1 },
      },
    },
    segments: { all: { source: "crm" } },
    exports: { weekly: { connection: "brevo", list, segments: ["all"], match: { email: "email" } } },
  });
  await grow(5);
  git("init", "--quiet");
  git("add", "exports.config.yaml", "signers");
  git("commit", "--quiet", "--message", "Ben writes a config");
});
afterEach(() => project.stop());

const grow = (count: number): Promise<void> =>
  project.profiles(Array.from({ length: count }, (_, index) => ({ email: `p${index}@example.com` })));
const cli = (...words: string[]): Promise<Ended> => rollcall(words, { cwd: project.folder });
const approve = (who: string, plan = "plan.json"): Promise<Ended> =>
  cli("approve", plan, "--yes", "--key", `${who}.key.tmp`);
const size = async (): Promise<number> => (await remote.members(list)).size;
const said = ({ stderr }: Ended): string => stderr.replaceAll(/\s+/g, " ");

it("an approval lets its plan pass once, when somebody else of the group signed it", async () => {
  await cli("plan", "--out", "plan.json");
  expect((await cli("apply", "plan.json")).code).toBe(5);

  const own = await approve("ben");
  expect(own.code).toBe(5);
  expect(said(own)).toContain("its signer wrote what it approves");
  const nobody = await approve("mallory");
  expect(nobody.code).toBe(4);
  expect(said(nobody)).toContain("is not that of an allowed signer");
  expect((await approve("carla")).code).toBe(0);
  expect((await cli("apply", "plan.json")).code).toBe(5);
  expect(await size()).toBe(0);

  expect((await approve("anna")).stdout).toContain("Approved as anna@example.com");
  // Another plan, of the same people, is not what Anna approved.
  await cli("plan", "--out", "other.json");
  const approval = "plan.json.anna@example.com.approval.json";
  const replayed = await cli("apply", "other.json", "--approval", approval);
  expect(replayed.code).toBe(5);
  expect(said(replayed)).toContain("it is of another plan");
  expect(await size()).toBe(0);

  expect((await cli("apply", "plan.json")).code).toBe(0);
  expect(await size()).toBe(5);
  expect((await cli("apply", "plan.json")).code).not.toBe(0);
});

it("a forged approval is refused, and the reason is given for each file", async () => {
  await cli("plan", "--out", "plan.json");
  await cli("plan", "--out", "other.json");
  await approve("anna");
  const path = join(project.folder, "plan.json.anna@example.com.approval.json");
  const good = JSON.parse(await readFile(path, "utf8")) as SignedApproval;
  await approve("anna", "other.json");
  const other = JSON.parse(
    await readFile(join(project.folder, "other.json.anna@example.com.approval.json"), "utf8"),
  ) as SignedApproval;
  const forged: SignedApproval[] = [
    // Signed for another plan.
    { ...other, statement: { ...other.statement, digest: good.statement.digest } },
    // Made younger.
    { ...good, statement: { ...good.statement, approvedAt: "2026-11-29T00:00:00.000Z" } },
    { ...good, signature: other.signature },
    { ...good, signature: "" },
  ];
  for (const [index, one] of forged.entries()) {
    await writeFile(path, JSON.stringify(one));
    const refused = await cli("apply", "plan.json");
    expect([index, refused.code]).toEqual([index, 5]);
    expect(said(refused)).toContain("its signature is not that of an allowed signer");
  }
  await writeFile(path, "{}");
  expect((await cli("apply", "plan.json")).code).toBe(3);
  expect(await size()).toBe(0);
});

it("an approval of a digest lets one apply pass within its counts", async () => {
  const { events } = await cli("plan", "--json");
  const digest = (events.find(({ type }) => type === "plan")?.plan as Plan | undefined)?.expect ?? "";
  const words = ["--expect-digest", digest];
  expect((await cli("apply", ...words)).code).toBe(5);
  const signed = await cli("approve", ...words, "--yes", "--key", "anna.key.tmp", "--out", "anna.json");
  expect(signed.code).toBe(0);
  // Nobody signs what they cannot read.
  expect(said(signed)).toContain("weekly: 5 to add, 0 to update, 0 to remove");
  expect(said(signed)).toContain("may grow by 10 people or 10%");
  await grow(6);
  expect((await cli("apply", ...words, "--approval", "anna.json")).code).toBe(0);
  expect(await size()).toBe(6);
  // Nothing to send, but what is approved is used up.
  await grow(11);
  const next = await cli("plan", "--json");
  const later = (next.events.find(({ type }) => type === "plan")?.plan as Plan | undefined)?.expect ?? "";
  const again = await cli("apply", "--expect-digest", later, "--approval", "anna.json");
  expect(again.code).toBe(5);
  expect(said(again)).toContain("it is of another plan");
  expect(await size()).toBe(6);
});

it("everybody who wrote a commit since --base counts as an author, also where the change is on the branch already", async () => {
  const anna = ["-c", "user.name=Anna", "-c", "user.email=anna@example.com"];
  const last = ["commit", "--quiet", "--allow-empty", "--message", "Anna writes the last commit"];
  execFileSync("git", ["tag", "before"], { cwd: project.folder, stdio: "ignore" });
  const ben = ["-c", "user.name=Ben", "-c", "user.email=ben@home.example"];
  execFileSync("git", [...ben, ...last], { cwd: project.folder, stdio: "ignore" });
  execFileSync("git", [...anna, ...last], { cwd: project.folder, stdio: "ignore" });

  const planned = await cli("plan", "--out", "plan.json", "--base", "before");
  expect(planned.code, planned.stderr).toBe(0);
  expect((await approve("ben")).code).toBe(5);
  expect((await approve("anna")).code).toBe(5);
});
