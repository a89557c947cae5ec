import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startAnswerProxy, unchanged, type AnswerProxy } from "../support/answer-proxy.js";
import { openProject, SENDGRID_KEY, type Project, type Yaml } from "../support/project.js";
import { LocalBackend } from "../../src/backends/local/local-backend.js";
import { openState } from "../../src/state/store.js";
import { plan } from "../../src/usecases/plan.js";
import { remoteOf, type Remote } from "../support/remote.js";

const GROUP = 7;
const many = Array.from({ length: 12 }, (_, index) => `p${index}@example.com`);
const IN = "in@example.com";
let project: Project;

afterEach(() => project.stop());

async function configure(type: string, connection: Yaml, list: string): Promise<void> {
  await project.config({
    connections: { [type]: { ...connection, ...(type === "file" ? {} : { optOuts: { maxAge: "1s" } }) } },
    segments: { all: { source: "crm" } },
    exports: {
      weekly: {
        connection: type,
        list,
        segments: ["all"],
        match: { email: "email" },
        attributes: { firstName: "name" },
      },
    },
  });
}

const people = (...emails: string[]) => project.profiles(emails.map((email) => ({ email, name: "x" })));

describe("opt-outs at SendGrid", () => {
  let proxy: AnswerProxy;
  let remote: Remote;
  let list: string;

  beforeEach(async () => {
    project = await openProject();
    proxy = await startAnswerProxy(project.sandbox.url);
    remote = remoteOf(project, "sendgrid");
    list = await remote.addList("customers");
    project.sandbox.sendgrid().addGroup("news", GROUP);
    const connection = project.connections({ unsubscribeGroups: [GROUP] })["sendgrid"];
    const baseUrl = String(connection?.["baseUrl"]).replace(project.sandbox.url, proxy.url);
    await configure("sendgrid", { ...connection, baseUrl }, list);
    await people(IN);
  });
  afterEach(() => proxy.close());

  const members = async () => [...(await remote.members(list)).keys()].sort();
  /** Whole lists that answer as if there were nobody; asked for one by one SendGrid says the truth, unless `also`. */
  const empty = (path: RegExp, also?: RegExp, status = 200) => {
    proxy.change = (request, answer) =>
      request.method === "GET" && path.test(request.path)
        ? { ...answer, body: Buffer.from("[]") }
        : also?.test(request.path) === true
          ? { ...answer, status, body: Buffer.from(also.source.includes("global") ? "{}" : "[]") }
          : answer;
  };
  const release = (path: string) =>
    fetch(`${project.sandbox.sendgridUrl}/v3/${path}`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${SENDGRID_KEY}` },
    });
  /** When the opt-outs were last read, by the record. */
  const readAt = async () => {
    const { root } = await openState(
      new LocalBackend(join(project.folder, ".rollcall")),
      new AbortController().signal,
    );
    return Object.values(root.accounts).map(({ optOuts }) => optOuts?.readAt);
  };
  const asked = (path: RegExp) => proxy.passed.filter(({ path: one }) => path.test(one)).length;

  const account = () => project.sandbox.sendgrid();
  it.each<[string, (email: string) => void, RegExp]>([
    ["unsubscribes", (email) => account().unsubscribe(email), /suppression\/unsubscribes$/],
    ["bounces", (email) => account().bounce(email), /suppression\/bounces$/],
    ["spam reports", (email) => account().reportSpam(email), /suppression\/spam_reports$/],
    ["group members", (email) => account().unsubscribeFromGroup(email, GROUP), /groups\/7\/suppressions$/],
  ])("stop the account when a list of %s lacks somebody who is there", async (_name, optOut, path) => {
    optOut("out@example.com");
    await project.apply();
    await people(IN, "out@example.com", "new@example.com");
    empty(path);
    const result = await project.applyOf("weekly");
    expect(result).toMatchObject({ status: "failed", error: { kind: "transient" } });
    expect(result.error?.message).toMatch(/did not name 1 person whom the destination still holds back/);
    expect(result.error?.message).not.toMatch(/out@/);
    expect(await members()).toEqual([IN]);
    proxy.change = unchanged;
    expect(await project.applyOf("weekly")).toMatchObject({ status: "succeeded", added: 1 });
    expect(await members()).toEqual([IN, "new@example.com"]);
  });

  it("block additions but not removals when the answer cannot be read", async () => {
    account().unsubscribe("out@example.com");
    await people(IN, "leaver@example.com");
    await project.apply();
    await people(IN, "new@example.com", "out@example.com");
    proxy.change = (request, answer) =>
      request.path.endsWith("suppression/unsubscribes") ? { ...answer, body: Buffer.from("null") } : answer;
    expect(await project.applyOf("weekly")).toMatchObject({ status: "failed", removed: 0 });
    const before = await readAt();
    expect(await project.applyOf("weekly", { removalsOnly: true })).toMatchObject({ added: 0, removed: 1 });
    expect(await readAt()).toEqual(before);
    expect(await members()).toEqual([IN]);
    expect(project.events).toContainEqual(
      expect.objectContaining({
        type: "warning",
        message: expect.stringMatching(/^The opt-outs .* cannot be read/),
      }),
    );
    // What was known still is.
    proxy.change = unchanged;
    expect(await project.applyOf("weekly")).toMatchObject({ status: "succeeded", added: 1 });
    expect(await members()).toEqual([IN, "new@example.com"]);
  });

  it("end for a person in no list who is not found by name, and for nobody who cannot be looked up", async () => {
    for (const email of ["a@example.com", "b@example.com"]) account().unsubscribe(email);
    account().unsubscribeFromGroup("c@example.com", GROUP);
    await project.apply();
    await people(IN, "a@example.com", "b@example.com", "c@example.com");
    await release("asm/suppressions/global/a%40example.com");
    await release(`asm/groups/${GROUP}/suppressions/c%40example.com`);
    empty(/nothing/, /global\/a%40/, 404);
    expect(await project.planOf("weekly")).toMatchObject({ error: undefined, counts: { add: 1 } });
    expect(project.events).toContainEqual(
      expect.objectContaining({
        type: "warning",
        message: expect.stringMatching(
          /^1 person stays held back who unsubscribed: .* could not be confirmed/,
        ),
      }),
    );
    proxy.change = unchanged;
    expect(await project.applyOf("weekly")).toMatchObject({ added: 2 });
    expect(await members()).toEqual(["a@example.com", "c@example.com", IN]);
    expect(asked(/search$/)).toBeGreaterThan(0);
  });

  it("end for many people at once only when somebody confirms it", async () => {
    for (const email of many) account().unsubscribe(email);
    await project.apply();
    await people(IN, ...many);
    // An outage in which every question is answered with nobody.
    empty(/suppression\/unsubscribes$/, /suppressions\/global\//);
    const refused = await project.applyOf("weekly");
    expect(refused).toMatchObject({ status: "refused", added: 0, error: { kind: "refused" } });
    expect(refused.error?.message).toMatch(/opt-outs-ended.*12 of 12 people who unsubscribed/);
    expect(refused.error?.hint).toMatch(/--override weekly:opt-outs-ended/);
    expect(await members()).toEqual([IN]);
    proxy.change = unchanged;
    expect(await project.applyOf("weekly")).toMatchObject({ status: "unchanged" });
    for (const email of many.slice(3)) await release(`asm/suppressions/global/${encodeURIComponent(email)}`);
    const { file } = await plan({
      cwd: project.folder,
      overrides: ["opt-outs-ended"],
      save: { base: undefined },
      emit: () => undefined,
      signal: new AbortController().signal,
    });
    // That more have ended by now is nothing that the person has seen.
    empty(/suppression\/unsubscribes$/, /suppressions\/global\//);
    expect(await project.applyOf("weekly", { saved: file })).toMatchObject({ status: "refused", added: 0 });
    proxy.change = unchanged;
    const looked = await project.applyOf("weekly", { saved: file });
    expect(looked).toMatchObject({ status: "succeeded", added: 9, overrides: ["opt-outs-ended"] });
    expect(await members()).toEqual([...many.slice(3), IN].sort());
  });
});

describe("opt-outs in a folder of files", () => {
  beforeEach(async () => {
    project = await openProject();
    await project.write("lists/customers.csv", "email,name\n");
    await configure("file", project.connections()["file"]!, "customers");
    await people(IN, ...many);
  });
  const unsubscribed = (emails: readonly string[]) =>
    project.write("lists/unsubscribed.csv", ["email", ...emails, ""].join("\n"));
  const added = async () => (await project.read("lists/customers.csv")).split("\r\n").slice(1, -1);

  it("end when a few lines are deleted, and for many only when somebody confirms it", async () => {
    await unsubscribed(many);
    expect(await project.applyOf("weekly")).toMatchObject({ added: 1 });
    await unsubscribed(many.slice(2));
    expect(await project.applyOf("weekly")).toMatchObject({ added: 2 });
    await unsubscribed([]);
    const refused = await project.applyOf("weekly");
    expect(refused.error?.message).toMatch(/10 of 10 people who unsubscribed are not named there any more/);
    expect(await added()).toHaveLength(3);
    // The next one is told the same.
    expect(await project.applyOf("weekly")).toMatchObject({ status: "refused" });
    await project.write("lists/unsubscribed.csv", `email\n${many[2]}\n${many[3]?.slice(0, -2)}`);
    expect(await project.applyOf("weekly")).toMatchObject({ status: "failed", error: { kind: "invalid" } });
    await unsubscribed([]);
    expect(await project.applyOf("weekly", { overrides: ["weekly:opt-outs-ended"] })).toMatchObject({
      added: 10,
    });
  });
});
