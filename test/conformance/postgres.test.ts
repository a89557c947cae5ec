import { afterAll, beforeAll } from "vitest";
import { postgres } from "../../src/backends/postgres/index.js";
import { Secret } from "../../src/platform/secrets/secret.js";
import { finishesElsewhere, type SharedState } from "../faults/vanished.js";
import { isSqlWrite } from "../support/cutting-proxy.js";
import { startPostgres, type Postgres } from "../support/postgres.js";
import { describeRemoteFaults, type FaultyServer } from "./remote-faults.js";
import { remoteHarness } from "./remote-harness.js";
import { keepsHouse } from "./state/house-keeping.js";
import { describeStateBackend } from "./state-backend.js";

let running: Postgres;
beforeAll(async () => {
  running = await startPostgres();
});
afterAll(() => running.stop());

const WRONG = "canary-another-password@/4711";
const opened = (schema: string, url: string): ReturnType<typeof postgres.open> =>
  postgres.open({ schema, name: "default" }, { url: new Secret(url) });

const server = (): FaultyServer => ({
  port: running.port,
  isWrite: isSqlWrite,
  clockMs: 1,
  // A schema of its own, so that each case also makes its tables.
  open: (schema, port) => opened(schema, running.url(port)),
  openWithWrongSecret: (schema) =>
    opened(schema, running.url().replace(running.password, encodeURIComponent(WRONG))),
  openMissing: (schema) => opened(schema, running.url().replace(/postgres$/, "nowhere")),
  secrets: [WRONG, running.password],
  howToMake: "createdb",
});

const finish = (name: string): SharedState => ({
  state: { type: "postgres", url: { env: "ROLLCALL_TEST_STATE" }, name },
  env: { ROLLCALL_TEST_STATE: running.url() },
});

finishesElsewhere("PostgreSQL", finish);
keepsHouse("PostgreSQL", finish);
describeRemoteFaults("PostgreSQL", server);
describeStateBackend("PostgreSQL", remoteHarness(server), { concurrent: true });
