import { describe, expect, it, onTestFinished } from "vitest";
import { sendgrid } from "../../../../src/destinations/sendgrid/index.js";
import { Secret } from "../../../../src/platform/secrets/secret.js";
import type { SandboxOptions, SendgridAccount } from "../../../../src/sandbox/index.js";
import { CONNECTION } from "./attributes.js";
import { KEY, signal, Stage } from "./stage.js";

/** What the guide advises, less the scope that tells whose key it is. */
const ADVISED = [
  "marketing.read",
  "marketing.update",
  "suppression.bounces.read",
  "suppression.spam_reports.read",
  "suppression.unsubscribes.read",
];

async function stageOf(
  accounts: readonly Partial<SendgridAccount>[],
  { deletions = false, ...options }: SandboxOptions & { deletions?: boolean } = {},
) {
  const stage = await Stage.open({
    accounts: accounts.map((one, index) => ({
      vendor: "sendgrid",
      key: index === 0 ? KEY : `SG.other-${index}`,
      ...one,
    })),
    ...options,
  });
  onTestFinished(() => stage.close({ deletions }));
  return stage;
}

describe("the owner of an account", () => {
  it("is refused in words when the key may not ask and nobody says so", async () => {
    const stage = await stageOf([{ id: 77, scopes: ADVISED }]);
    await expect(stage.connect().account(signal)).rejects.toMatchObject({
      kind: "auth",
      message: expect.stringMatching(/may not ask whose account it is \(GET \/v3\/user\/username .*403\)/),
      hint: expect.stringMatching(/`user\.username\.read`.*`accountId`/),
    });
  });

  it("is what the configuration says when the key may not ask", async () => {
    const stage = await stageOf([{ id: 77, scopes: ADVISED }]);
    const account = await stage.connect({ accountId: "77" }).account(signal);
    expect(account).toEqual({ id: "77", label: "user 77", missingPermissions: [] });
  });

  it("must match the configuration when the key may ask", async () => {
    const stage = await stageOf([{ id: 77 }]);
    expect((await stage.connect({ accountId: "77" }).account(signal)).id).toBe("77");
    await expect(stage.connect({ accountId: "78" }).account(signal)).rejects.toMatchObject({
      kind: "auth",
      message: "The key is of the SendGrid account 77, not of 78.",
    });
  });

  it.each(["undefined", "null", "NaN", " ", 0, -1, 1.5, {}])("is never %j", async (user_id) => {
    const stage = await stageOf([{}]);
    stage.sandbox.inject({
      vendor: "sendgrid",
      path: "/v3/user/username",
      effect: {
        kind: "answer",
        status: 200,
        type: "application/json",
        body: JSON.stringify({ user_id, username: "x" }),
      },
    });
    await expect(stage.connect().account(signal)).rejects.toMatchObject({
      message: expect.stringMatching(/user_id is/),
    });
  });

  it("may be asked for with the scopes of an older key", async () => {
    const scopes = ["marketing_campaigns.read", "marketing_campaigns.create", "suppression.read"];
    const stage = await stageOf([{ id: 77, scopes }]);
    const destination = stage.connect({ accountId: "77" });
    expect((await destination.account(signal)).missingPermissions).toEqual([]);
    expect(await destination.lists(signal)).toEqual([]);
  });
});

describe("a request that the key may not make", () => {
  it.each([
    ["suppression.bounces.read", /GET \/v3\/suppression\/bounces .*403/, /`suppression\.bounces\.read`/],
    ["suppression.unsubscribes.read", /GET \/v3\/suppression\/unsubscribes /, /unsubscribes\.read`/],
    ["suppression.spam_reports.read", /GET \/v3\/suppression\/spam_reports /, /spam_reports\.read`/],
  ])("without %s is named with the scope that it needs", async (without, message, hint) => {
    const stage = await stageOf([{ scopes: ADVISED.filter((scope) => scope !== without) }]);
    await expect(
      stage.connect({ accountId: "1001" }).optOuts({ since: undefined, lists: [] }, signal),
    ).rejects.toMatchObject({
      kind: "auth",
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });

  it("names the scope of a group, and of writing", async () => {
    const stage = await stageOf([{ scopes: ADVISED.filter((scope) => scope !== "marketing.update") }]);
    stage.account.addGroup("News", 12);
    const destination = stage.connect({ accountId: "1001", unsubscribeGroups: [12] });
    await expect(destination.optOuts({ since: undefined, lists: [] }, signal)).rejects.toMatchObject({
      hint: expect.stringMatching(/`asm\.groups\.suppressions\.read`/),
    });
    const list = stage.account.addList("people");
    await expect(stage.write("add", list, [{ email: "a@example.com" }])).rejects.toMatchObject({
      kind: "auth",
      hint: expect.stringMatching(/write contacts and lists \(Marketing: Full Access\)/),
    });
  });
});

describe("a subuser", () => {
  const both = [{ id: 1 }, { id: 2, parent: 1, username: "client-7" }];
  const subuser = "client-7";

  it("is asked for in every request, and known by its own id", async () => {
    const stage = await stageOf(both);
    const own = stage.sandbox.sendgrid(2);
    const list = own.addList("theirs");
    const destination = stage.connect({ subuser });
    expect(await destination.account(signal)).toMatchObject({ id: "2", label: subuser });
    await destination.write(stage.batch("add", list, [{ email: "a@example.com" }]), signal);
    own.unsubscribe("no@example.com");
    await destination.optOuts({ since: undefined, lists: [] }, signal);
    await stage.sandbox.settle();
    expect([own.contactCount, stage.sandbox.sendgrid(1).contactCount]).toEqual([1, 0]);
    const behalf = stage.exchanges.map(({ requestHeaders }) => requestHeaders["on-behalf-of"]);
    // But for the one look at what the parent has.
    expect(behalf.filter((name) => name !== subuser)).toHaveLength(1);
  });

  it("is refused where marketing ignores on whose behalf it is, or nobody can tell", async () => {
    const ignoring = await stageOf(both, { switches: { sendgridOnBehalfIgnored: true } });
    await expect(ignoring.connect({ subuser }).account(signal)).rejects.toMatchObject({
      kind: "auth",
      message: expect.stringMatching(/nobody can tell/),
    });
    ignoring.sandbox.sendgrid(2).addList("theirs");
    ignoring.sandbox.sendgrid(1).addList("ours");
    await expect(ignoring.connect({ subuser }).account(signal)).rejects.toMatchObject({
      kind: "auth",
      message: expect.stringMatching(/parent account's lists in place of those of client-7/),
    });
    const honouring = await stageOf(both);
    honouring.sandbox.sendgrid(1).addList("ours");
    expect(await honouring.connect({ subuser }).account(signal)).toMatchObject({ id: "2" });
  });

  it("is refused when the answer is of another account, or the key of no parent", async () => {
    const stage = await stageOf(both);
    await expect(stage.connect({ subuser: "client-8" }).account(signal)).rejects.toMatchObject({
      kind: "auth",
    });
    stage.sandbox.inject({
      vendor: "sendgrid",
      path: "/v3/user/username",
      effect: {
        kind: "answer",
        status: 200,
        type: "application/json",
        body: JSON.stringify({ user_id: 1, username: "parent" }),
      },
    });
    await expect(stage.connect({ subuser }).account(signal)).rejects.toMatchObject({
      message: "SendGrid answers for user 1 and not for the subuser client-7.",
    });
  });
});

it("the EU host is refused before anything is sent there", () => {
  const open = (): unknown =>
    sendgrid.open({
      connection: { ...CONNECTION, baseUrl: "https://api.eu.sendgrid.com" },
      apiKey: new Secret(KEY),
      folder: ".",
      scratch: ".",
      spent: {},
    });
  expect(open).toThrow(/leads to SendGrid's EU host/);
});

it("a deleted contact still counts against the plan", async () => {
  const stage = await stageOf([{}], { deletions: true });
  for (const email of ["a@example.com", "b@example.com"]) stage.account.addContact({ email });
  const destination = stage.connect();
  await destination.deleteContacts(await destination.contacts(["a@example.com"], signal), signal);
  await stage.sandbox.settle();
  expect(stage.account.contactCount).toBe(1);
  expect(await destination.contactCount(signal)).toBe(2);
});
