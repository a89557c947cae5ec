import pg from "pg";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FULL } from "../support/full.js";
import { startPostgres, type Postgres } from "../support/postgres.js";
import { Series } from "../support/series.js";
import { startStoppingProxy, type StoppingProxy } from "../support/stopping-proxy.js";
import { openStory, type Story } from "../support/story.js";

const STORIES = FULL ? 200 : 12;
const PEOPLE = 2000;
/** More than a plan is answered, so that some are not cut. */
const MOST_BYTES = 140_000;

let server: Postgres;
let admin: pg.Client;
let proxy: StoppingProxy;
let story: Story;

beforeAll(async () => {
  server = await startPostgres();
  admin = new pg.Client({ connectionString: server.url() });
  await admin.connect();
  await admin.query(
    `CREATE TABLE customers AS SELECT 'p' || n || '@example.com' AS email, repeat('x', 20) AS note FROM generate_series(1, ${PEOPLE}) n`,
  );
  proxy = await startStoppingProxy(server.port);
  story = await openStory("file");
  await story.write("db.url", server.url(proxy.port));
  await story.configure(
    { mode: "mirror", list: { name: "customers", create: true }, attributes: { note: "note" } },
    { sources: { crm: { type: "postgres", url: { file: "db.url" }, table: "customers" } } },
  );
  await story.apply();
});
afterAll(async () => {
  await story.stop();
  await proxy.close();
  await admin.end();
  await server.stop();
});

/** How the database is lost in one story. */
const loss = fc.record({
  bytes: fc.integer({ min: 1, max: MOST_BYTES }),
  kill: fc.boolean(),
});

it(`a reading that is cut off anywhere is refused, or was whole, and takes nobody off (${STORIES} stories)`, async () => {
  const series = new Series("a source in PostgreSQL is cut off");
  let told = 0;
  let refused = 0;
  await series.tellWhile(
    () => told < STORIES,
    async (seed) => {
      told += 1;
      const [{ bytes, kill }] = fc.sample(loss, { seed, numRuns: 1 }) as [{ bytes: number; kill: boolean }];
      if (kill) proxy.when(bytes, () => killReaders());
      else proxy.endAfter(bytes);
      const { counts, error } = await story.planOf("weekly");
      proxy.endAfter(Infinity);
      if (error === undefined)
        expect({ seed, ...counts }).toMatchObject({ seed, unchanged: PEOPLE, remove: 0, update: 0, add: 0 });
      else {
        refused += 1;
        expect({ seed, kind: error.kind, remove: counts.remove }).toEqual({
          seed,
          kind: "transient",
          remove: 0,
        });
      }
    },
  );
  if (told >= 12) expect(refused).toBeGreaterThan(0);
  expect((await story.planOf("weekly")).counts).toMatchObject({ unchanged: PEOPLE, remove: 0 });
});

function killReaders(): void {
  void admin.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'rollcall' AND pid <> pg_backend_pid()",
  );
}
