import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { sendgrid } from "../../src/destinations/sendgrid/index.js";
import type { AttributeMapping } from "../../src/model/config/attribute.js";
import type { Connection } from "../../src/model/config/connection.js";
import { Secret } from "../../src/platform/secrets/secret.js";
import { startSandbox, type Exchange } from "../../src/sandbox/index.js";
import { allViolations } from "../unit/destinations/sendgrid/contract.js";
import { manifest } from "../../src/destinations/sendgrid/manifest.js";
import type { Harness } from "./harness.js";

const KEY = "SG.canary-sandbox-key";

/** A SendGrid account in the sandbox. */
export async function sendgridHarness(behaviour: "documented" | "pessimistic"): Promise<Harness> {
  const scratch = await mkdtemp(join(tmpdir(), "rollcall-conformance-"));
  const exchanges: Exchange[] = [];
  const refuses: string[] = [];
  const sandbox = await startSandbox({
    accounts: [{ vendor: "sendgrid", key: KEY, refuses }],
    behaviour,
    limits: "none",
    delays: { jobMs: 20, visibleMs: 10, fieldMs: 0 },
    onExchange: (exchange) => exchanges.push(exchange),
  });
  const state = sandbox.sendgrid();
  state.addField("Score", "Number");
  state.addField("Since", "Date");
  state.addField("Tier", "Text");
  const connection: Connection = {
    name: "marketing",
    type: "sendgrid",
    kind: manifest,
    displayName: undefined,
    apiKey: undefined,
    dataPrivacy: undefined,
    usableBy: "admins",
    contract: undefined,
    baseUrl: sandbox.sendgridUrl,
    suppressions: [],
    optOuts: { maxAgeSeconds: 86_400 },
    requestTimeoutSeconds: undefined,
    jobTimeoutSeconds: 3600,
    options: { rateLimits: "none" },
  };
  let deletions = false;
  const stays = behaviour === "pessimistic";
  const contacts = "/v3/marketing/contacts";
  const upsert = { vendor: "sendgrid", method: "PUT", path: contacts, nth: 1 } as const;
  return {
    plugin: sendgrid,
    connection,
    scratch,
    open: (key = KEY) =>
      sendgrid.open({ connection, apiKey: new Secret(key), folder: scratch, scratch, spent: {} }),
    attributes: [
      { mapping: attribute("firstName"), before: 'Zoë "Z"', after: "Ann\\e\n" },
      { mapping: attribute("Score"), before: 12, after: 0.5, stays },
      { mapping: attribute("Since"), before: "2021-02-11", after: "2021-02-12", stays },
      { mapping: attribute("Tier"), before: "gold", after: "silver" },
    ],
    absentList: "00000000-0000-4000-8000-000000000000",
    manyMembers: 1500,
    addList: (name) => Promise.resolve(state.addList(name)),
    addStrangers: async (list, emails) => {
      for (const email of emails) state.addContact({ email }, [list]);
    },
    emailsOn: (list) => Promise.resolve(state.members(list).map(({ email }) => String(email))),
    settle: () => sandbox.settle(),
    remote: {
      key: KEY,
      refusedAddress: "refused@nodot",
      refuseUnnamed: (address) => void refuses.push(address),
      stores: (email) => Promise.resolve(state.contact(email) !== undefined),
      optOut: (email) => Promise.resolve(state.unsubscribe(email)),
      allowDeletions: () => (deletions = true),
      writes: () => exchanges.filter(({ method, path }) => method === "PUT" && path === contacts).length,
      limitNextAdd: () =>
        void sandbox.inject({
          ...upsert,
          effect: { kind: "answer", status: 429, headers: { "X-RateLimit-Reset": "0" } },
        }),
      loseNextAdd: () => void sandbox.inject({ ...upsert, effect: { kind: "truncate", bytes: 3 } }),
      failNextRead: () =>
        void sandbox.inject({ method: "GET", nth: 1, effect: { kind: "answer", status: 500 } }),
      slowReads: () => void sandbox.inject({ effect: { kind: "slow", ms: 3000 } }),
      hideBehindPage: () =>
        void sandbox.inject({ effect: { kind: "answer", status: 404, body: "<html>nothing here</html>" } }),
    },
    stop: async () => {
      await sandbox.stop();
      await rm(scratch, { recursive: true });
      expect(exchanges.flatMap((exchange) => allViolations(exchange, { deletions }))).toEqual([]);
      if (deletions) return;
      const deletes = exchanges.filter(({ method }) => method === "DELETE").map(({ path }) => path);
      // Nothing ever deletes a contact or a list.
      for (const path of deletes) expect(path).toMatch(/^\/v3\/marketing\/lists\/[0-9a-f-]+\/contacts$/);
    },
  };
}

function attribute(name: string): AttributeMapping {
  return {
    name,
    value: { column: name },
    type: undefined,
    nulls: "leave",
    createMissing: false,
    choices: [],
    phone: undefined,
  };
}
