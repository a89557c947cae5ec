import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { brevo } from "../../src/destinations/brevo/index.js";
import { Secret } from "../../src/platform/secrets/secret.js";
import { startSandbox, type Exchange } from "../../src/sandbox/index.js";
import { violations } from "../unit/destinations/brevo/contract.js";
import { connection as connectionOf, mapping } from "../unit/destinations/brevo/fixtures.js";
import { checkExchange } from "../support/oracle.js";
import type { Harness } from "./harness.js";

const KEY = "canary-xkeysib";

/** A Brevo account in the sandbox. */
export async function brevoHarness(
  behaviour: "documented" | "pessimistic",
  importFormat: "json" | "csv",
): Promise<Harness> {
  const scratch = await mkdtemp(join(tmpdir(), "rollcall-conformance-"));
  const exchanges: Exchange[] = [];
  const refuses: string[] = [];
  const sandbox = await startSandbox({
    accounts: [{ vendor: "brevo", key: KEY, language: "fr", refuses }],
    behaviour,
    limits: "none",
    delays: { jobMs: 20, visibleMs: 0 },
    onExchange: (exchange) => exchanges.push(exchange),
  });
  const state = sandbox.brevo();
  state.addAttribute({ name: "SCORE", category: "normal", type: "float" });
  state.addAttribute({ name: "SINCE", category: "normal", type: "date" });
  const enumeration = ["gold", "silver"].map((label, index) => ({ value: index + 1, label }));
  state.addAttribute({ name: "TIER", category: "category", enumeration });
  const connection = connectionOf({ rateLimits: "none", importFormat }, { baseUrl: sandbox.brevoUrl });
  let deletions = false;
  const imports = { vendor: "brevo", method: "POST", path: "/contacts/import", nth: 1 } as const;
  return {
    plugin: brevo,
    connection,
    scratch,
    open: (key = KEY) =>
      brevo.open({ connection, apiKey: new Secret(key), folder: scratch, scratch, spent: {} }),
    attributes: [
      { mapping: mapping("firstName"), before: 'Zoë "Z"; x', after: "Ann\\e\n" },
      { mapping: mapping("SCORE"), before: 12, after: 0.5 },
      { mapping: mapping("SINCE"), before: "2021-02-11", after: "2021-02-12" },
      { mapping: mapping("TIER"), before: "gold", after: "silver" },
    ],
    absentList: "999999",
    manyMembers: 2500,
    addList: (name) => Promise.resolve(String(state.addList(name))),
    addStrangers: async (list, emails) => {
      for (const email of emails) state.addContact(email, { lists: [Number(list)] });
    },
    emailsOn: (list) => Promise.resolve(state.members(Number(list)).map(({ email }) => email)),
    settle: () => sandbox.settle(),
    remote: {
      key: KEY,
      refusedAddress: "refused@nodot",
      refuseUnnamed: (address) => void refuses.push(address),
      stores: (email) => Promise.resolve(state.contact(email) !== undefined),
      optOut: (email) => Promise.resolve(state.blocklist(email)),
      allowDeletions: () => (deletions = true),
      writes: () => exchanges.filter(({ path }) => path === "/contacts/import").length,
      limitNextAdd: () =>
        void sandbox.inject({
          ...imports,
          effect: { kind: "answer", status: 429, headers: { "x-sib-ratelimit-reset": "0" } },
        }),
      loseNextAdd: () => void sandbox.inject({ ...imports, effect: { kind: "truncate", bytes: 3 } }),
      failNextRead: () =>
        void sandbox.inject({ method: "GET", nth: 1, effect: { kind: "answer", status: 500 } }),
      slowReads: () => void sandbox.inject({ effect: { kind: "slow", ms: 3000 } }),
      hideBehindPage: () =>
        void sandbox.inject({ effect: { kind: "answer", status: 404, body: "<html>nothing here</html>" } }),
    },
    stop: async () => {
      await sandbox.stop();
      await rm(scratch, { recursive: true });
      expect(exchanges.flatMap((exchange) => violations(exchange, { deletions }))).toEqual([]);
      expect(exchanges.flatMap(checkExchange)).toEqual([]);
      if (!deletions) expect(exchanges.filter(({ method }) => method === "DELETE")).toEqual([]);
    },
  };
}
