import { afterAll, beforeAll } from "vitest";
import { postgres } from "../../src/backends/postgres/index.js";
import { Secret } from "../../src/platform/secret.js";
import { finishesElsewhere, type SharedState } from "../faults/vanished.js";
import { isSqlWrite } from "../support/cutting-proxy.js";
import { startPostgres, type Postgres } from "../support/postgres.js";
import { remoteHarness, type RemoteServer } from "./remote-harness.js";
import { describeStateBackend } from "./state-backend.js";

let running: Postgres;
beforeAll(async () => {
  running = await startPostgres();
});
afterAll(() => running.stop());

const server = (): RemoteServer => ({
  port: running.port,
  isWrite: isSqlWrite,
  clockMs: 1,
  // A schema of its own, so that each case also makes its tables.
  open: (schema, port) =>
    postgres(
      { type: "postgres", schema, name: "default", credentials: {} },
      { url: new Secret(running.url(port)) },
    ),
});

const finish = (name: string): SharedState => ({
  state: { type: "postgres", url: { env: "ROLLCALL_TEST_STATE" }, name },
  env: { ROLLCALL_TEST_STATE: running.url() },
});

finishesElsewhere("PostgreSQL", finish);
describeStateBackend("PostgreSQL", remoteHarness(server));
