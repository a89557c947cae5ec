import { afterAll, beforeAll } from "vitest";
import { startPostgres, type Postgres } from "../support/postgres.js";
import { postgresSourceHarness } from "./postgres-source-harness.js";
import { sourceSuite } from "./source.js";

let server: Postgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

sourceSuite("a table of PostgreSQL", () => postgresSourceHarness(server), true);
