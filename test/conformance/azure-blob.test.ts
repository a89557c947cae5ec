import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { azureBlob } from "../../src/backends/azure-blob/index.js";
import type { AzureBlobOptions } from "../../src/backends/azure-blob/options.js";
import { Secret } from "../../src/platform/secrets/secret.js";
import { finishesElsewhere, type SharedState } from "../faults/vanished.js";
import { startAzurite, type Azurite } from "../support/azurite.js";
import { isHttpWrite } from "../support/cutting-proxy.js";
import { describeRemoteFaults, type FaultyServer } from "./remote-faults.js";
import { remoteHarness } from "./remote-harness.js";
import { keepsHouse } from "./state/house-keeping.js";
import { describeStateBackend } from "./state-backend.js";

let azurite: Azurite;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.stop());

const WRONG = Buffer.from("canary-another-azure-key").toString("base64");
const store = (prefix: string, more: Partial<AzureBlobOptions> = {}): AzureBlobOptions => ({
  account: undefined,
  container: "rollcall",
  prefix,
  ...more,
});

const server = (): FaultyServer => ({
  port: azurite.port,
  isWrite: isHttpWrite,
  clockMs: 1000,
  open: (prefix, port) =>
    azureBlob.open(store(prefix), { connectionString: new Secret(azurite.connectionString(port)) }),
  openWithWrongSecret: (prefix) =>
    azureBlob.open(store(prefix, { account: azurite.account() }), { accountKey: new Secret(WRONG) }),
  openMissing: (prefix) =>
    azureBlob.open(store(prefix, { container: "nowhere" }), {
      connectionString: new Secret(azurite.connectionString()),
    }),
  secrets: [WRONG, azurite.key],
  howToMake: "az storage container create --name nowhere",
});

const finish = (prefix: string): SharedState => ({
  state: {
    type: "azureBlob",
    container: "rollcall",
    prefix,
    connectionString: { env: "ROLLCALL_TEST_STATE" },
  },
  env: { ROLLCALL_TEST_STATE: azurite.connectionString() },
});

finishesElsewhere("Azure Blob Storage", finish);
keepsHouse("Azure Blob Storage", finish);
describeRemoteFaults("Azure Blob Storage (Azurite)", server);
describeStateBackend("Azure Blob Storage (Azurite)", remoteHarness(server), { concurrent: true });

describe("Azure Blob Storage", () => {
  const signal = new AbortController().signal;

  test("lets a client sign in by the account's key or by a shared access signature", async () => {
    const account = azurite.account();
    const byKey = await azureBlob.open(store("keys", { account }), { accountKey: new Secret(azurite.key) });
    await byKey.writeRoot(Buffer.from("one"), undefined, signal);
    const sasToken = new Secret(azurite.sas("rcwdl"));
    const bySignature = await azureBlob.open(store("keys", { account }), { sasToken });
    expect(Buffer.from((await bySignature.readRoot(signal))?.bytes ?? []).toString()).toBe("one");
    await bySignature.putBlob("x/y", { bytes: Buffer.from("z") }, signal);
    await bySignature.putBlob("x/y", { bytes: Buffer.from("z") }, signal);
    const lease = await bySignature.acquireLease(
      "account-1",
      { operation: "apply", who: "a", pid: 1, subject: { account: "a", label: "a", connections: [] } },
      60_000,
      signal,
    );
    await lease.release();
    await bySignature.deleteBlob("x/y", signal);
  });

  test("refuses a signature that allows too little, and secrets of the wrong form", async () => {
    const account = azurite.account();
    const reader = azurite.sas("rl");
    const backend = await azureBlob.open(store("keys", { account }), { sasToken: new Secret(reader) });
    const refused = await backend
      .putBlob("x/y", { bytes: Buffer.from("z") }, signal)
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({
      kind: "auth",
      hint: expect.stringContaining("Storage Blob Data Contributor") as string,
    });
    expect(JSON.stringify(refused) + String(refused)).not.toContain(/sig=([^&]+)/.exec(reader)?.[1]);
    const mangled = azureBlob.open(store("keys"), { connectionString: new Secret("AccountKey=canary-4711") });
    await expect(mangled).rejects.toThrow(
      /^The secret `state\.connectionString` is not what Azure Storage hands out\.$/,
    );
  });
});
