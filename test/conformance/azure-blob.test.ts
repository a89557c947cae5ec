import { afterAll, beforeAll } from "vitest";
import { azureBlob } from "../../src/backends/azure-blob/index.js";
import { Secret } from "../../src/platform/secret.js";
import { finishesElsewhere, type SharedState } from "../faults/vanished.js";
import { startAzurite, type Azurite } from "../support/azurite.js";
import { isHttpWrite } from "../support/cutting-proxy.js";
import { remoteHarness, type RemoteServer } from "./remote-harness.js";
import { describeStateBackend } from "./state-backend.js";

let azurite: Azurite;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.stop());

const server = (): RemoteServer => ({
  port: azurite.port,
  isWrite: isHttpWrite,
  clockMs: 1000,
  open: (prefix, port) =>
    azureBlob(
      { type: "azureBlob", account: undefined, container: "rollcall", prefix, credentials: {} },
      { connectionString: new Secret(azurite.connectionString(port)) },
    ),
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
describeStateBackend("Azure Blob Storage (Azurite)", remoteHarness(server));
