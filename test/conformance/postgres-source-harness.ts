import pg from "pg";
import { manifest } from "../../src/sources/postgres/manifest.js";
import type { PostgresSource } from "../../src/sources/postgres/postgres-source.js";
import { postgres } from "../../src/sources/postgres/index.js";
import { Secret } from "../../src/platform/secrets/secret.js";
import { SharedThings } from "../../src/run/shared.js";
import type { Postgres } from "../support/postgres.js";
import { startStoppingProxy } from "../support/stopping-proxy.js";
import type { SourceHarness } from "./source.js";

const WRONG = "canary-another-password";

/** A table of a running server, reached through a proxy that can break off. */
export async function postgresSourceHarness(server: Postgres): Promise<SourceHarness> {
  const proxy = await startStoppingProxy(server.port);
  const table = `crm.customers_${proxy.port}`;
  const source = manifest.sourceOf(
    { table },
    { name: "crm", folder: "/", columns: {}, minimumRows: undefined, maxAge: undefined },
  );
  const shared = new SharedThings();
  return {
    source,
    open: async (signal, key) => {
      await shared.close();
      const address = server.url(proxy.port);
      const url = key === "wrong" ? address.replace(server.password, WRONG) : address;
      return postgres.open(source as PostgresSource, {
        within: [],
        secrets: { url: new Secret(url) },
        shared,
        signal,
      });
    },
    put: (customers) =>
      withClient(server, async (client) => {
        await client.query("CREATE SCHEMA IF NOT EXISTS crm");
        await client.query(`CREATE TABLE IF NOT EXISTS ${table} (email text, name text, country text)`);
        await client.query(`TRUNCATE ${table}`);
        await client.query(
          `INSERT INTO ${table} SELECT * FROM json_to_recordset($1) AS row(email text, name text, country text)`,
          [JSON.stringify(customers)],
        );
      }),
    // Far into the rows, and far from their end.
    cutOff: async () => proxy.endAfter(20_000),
    remote: {
      secrets: [server.password, WRONG],
      fallSilent: () => proxy.fallSilent(),
    },
    stop: async () => {
      await shared.close();
      await proxy.close();
    },
  };
}

export async function withClient<Result>(
  server: Postgres,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: server.url() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
