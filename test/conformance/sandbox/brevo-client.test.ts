import { BrevoClient, BrevoError } from "@getbrevo/brevo";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Exchange, type Sandbox, startSandbox } from "../../../src/sandbox/index.js";
import { checkExchange } from "../../support/oracle.js";

/** The vendor's own client drives every endpoint that Rollcall uses. */
describe("the official Brevo client", () => {
  let sandbox: Sandbox;
  let client: BrevoClient;
  const exchanges: Exchange[] = [];

  beforeEach(async () => {
    exchanges.length = 0;
    sandbox = await startSandbox({
      delays: "none",
      limits: "none",
      onExchange: (exchange) => exchanges.push(exchange),
    });
    client = new BrevoClient({ apiKey: "sandbox-brevo-key", baseUrl: sandbox.brevoUrl, maxRetries: 0 });
  });

  afterEach(async () => {
    await sandbox.stop();
    for (const exchange of exchanges)
      expect(checkExchange(exchange), `${exchange.method} ${exchange.path}`).toEqual([]);
  });

  async function list(): Promise<number> {
    const folder = await client.contacts.createFolder({ name: "Rollcall" });
    return (await client.contacts.createList({ name: "people", folderId: folder.id })).id;
  }

  it("reads the account, folders, lists and attributes", async () => {
    const id = await list();
    expect((await client.account.getAccount()).organization_id).toBe("sandbox-brevo");
    expect(
      (await client.contacts.getFolders({ limit: 50, offset: 0 })).folders?.map(({ name }) => name),
    ).toEqual(["Rollcall", "Your First Folder"]);
    expect((await client.contacts.getFolder({ folderId: 2 })).name).toBe("Rollcall");
    expect((await client.contacts.getFolderLists({ folderId: 2 })).count).toBe(1);
    expect((await client.contacts.getLists({ limit: 50 })).lists?.[0]).toMatchObject({ id, folderId: 2 });
    await client.contacts.updateList({ listId: id, name: "renamed" });
    expect((await client.contacts.getList({ listId: id })).name).toBe("renamed");
    await client.contacts.createAttribute({
      attributeCategory: "normal",
      attributeName: "SCORE",
      type: "float",
    });
    const enumeration = [{ value: 1, label: "gold" }];
    await client.contacts.createAttribute({
      attributeCategory: "category",
      attributeName: "TIER",
      enumeration,
    });
    const names = (await client.contacts.getAttributes()).attributes.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["FIRSTNAME", "SCORE", "TIER"]));
    await client.contacts.deleteList({ listId: id });
    await expect(client.contacts.getList({ listId: id })).rejects.toMatchObject({ statusCode: 404 });
  });

  it("imports, watches the process and reads the list back", async () => {
    const id = await list();
    const { processId } = await client.contacts.importContacts({
      listIds: [id],
      jsonBody: [{ email: "ann@example.com", attributes: { FIRSTNAME: "Ann" } }, { email: "nonsense" }],
      updateExistingContacts: true,
      emptyContactsAttributes: false,
      disableNotification: true,
    });
    await client.contacts.importContacts({
      listIds: [id],
      fileBody: "EMAIL;FIRSTNAME\nbob@example.com;Bob",
      disableNotification: true,
    });
    const process = await client.process.getProcess({ processId });
    expect(process).toMatchObject({ name: "IMPORTUSER", status: "completed" });
    expect((await client.process.getProcesses({ limit: 50, sort: "desc" })).count).toBe(2);
    const members = await client.contacts.getContactsFromList({ listId: id, limit: 500, sort: "asc" });
    expect(members.contacts.map(({ email }) => email)).toEqual(["ann@example.com", "bob@example.com"]);
    const all = await client.contacts.getContacts({
      limit: 1000,
      listIds: [id],
      modifiedSince: "2020-01-01T00:00:00.000Z",
    });
    expect(all.count).toBe(2);
  });

  it("adds, removes, updates, exports and deletes", async () => {
    const id = await list();
    const created = await client.contacts.createContact({
      email: "ann@example.com",
      attributes: { FIRSTNAME: "Ann" },
    });
    expect(created?.id).toBe(1);
    const added = await client.contacts.addContactToList({
      listId: id,
      body: { emails: ["ann@example.com"] },
    });
    expect(added.contacts).toEqual({ success: ["ann@example.com"], failure: [] });
    await client.contacts.updateContact({ identifier: "ann@example.com", attributes: { LASTNAME: "Lee" } });
    const found = await client.contacts.getContactInfo({
      identifier: "ann@example.com",
      identifierType: "email_id",
    });
    expect(found).toMatchObject({ attributes: { FIRSTNAME: "Ann", LASTNAME: "Lee" }, listIds: [id] });
    const started = await client.contacts.requestContactExport({
      customContactFilter: { actionForContacts: "allContacts", listId: id },
      exportAttributes: ["FIRSTNAME"],
      disableNotification: true,
    });
    const process = await client.process.getProcess({ processId: started.processId });
    const file = await fetch((process as { export_url?: string }).export_url ?? "");
    expect(await file.text()).toMatch(/^EMAIL;FIRSTNAME;.*\nann@example\.com;Ann;/);
    const removed = await client.contacts.removeContactFromList({ listId: id, body: { ids: [1] } });
    expect(removed.contacts).toEqual({ success: [1], failure: [] });
    await expect(
      client.contacts.removeContactFromList({ listId: id, body: { emails: ["ann@example.com"] } }),
    ).rejects.toBeInstanceOf(BrevoError);
    await client.contacts.deleteContact({ identifier: "ann@example.com" });
    expect(sandbox.brevo().contactCount).toBe(0);
  });
});
