import type { Client } from "pg";
import { loadOptionalPackage } from "../../platform/optional-package.js";
import { parsePostgresAddress } from "../../platform/postgres/address.js";
import { sqlState } from "../../platform/postgres/sql-state.js";
import type { Secret } from "../../platform/secrets/secret.js";

const CONNECT_MS = 15_000;

/** A transaction that only reads, and sees the database as it was at one moment. */
export interface Session {
  readonly client: Client;
  /** Where the log of the server was at that moment; undefined where it keeps none that it tells. */
  readonly position: string | undefined;
  readonly asOf: Date | undefined;
  /** Work that may fail without spoiling that of the next source; its statements are stopped after so long. */
  inTurn<Result>(seconds: number, work: () => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/**
 * Values are printed in one way, whatever the settings of the server and the user. Of the transaction alone: a pool may
 * give the connection to somebody else afterwards, and the transaction another one.
 */
const SETTINGS = [
  "SET LOCAL client_encoding = 'UTF8'",
  "SET LOCAL datestyle = 'ISO, YMD'",
  "SET LOCAL intervalstyle = 'postgres'",
  "SET LOCAL timezone = 'UTC'",
  "SET LOCAL bytea_output = 'hex'",
  // Of numbers every digit, which older servers do not give.
  "SET LOCAL extra_float_digits = 3",
];

/** What not every database knows that speaks the protocol. */
const SETTINGS_OF_SOME = [
  // A policy that leaves rows out is an error instead: those who are left out would leave their lists.
  "SET LOCAL row_security = off",
  // Another source of the run may take its time.
  "SET LOCAL idle_in_transaction_session_timeout = 0",
];

/** `key` is where the address is in the config. */
export async function openSession(url: Secret, key: string, signal: AbortSignal): Promise<Session> {
  const { default: pg } = await loadOptionalPackage("pg", "A source in PostgreSQL", () => import("pg"));
  const client = new pg.Client({
    ...parsePostgresAddress(url, key),
    application_name: "rollcall",
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_MS,
  });
  // Whoever waits for an answer is told; between two questions there is nobody.
  client.on("error", () => undefined);
  const leave = (): unknown => (client as unknown as Leavable).connection.stream.destroy();
  signal.throwIfAborted();
  signal.addEventListener("abort", leave, { once: true });
  const close = async (): Promise<void> => {
    signal.removeEventListener("abort", leave);
    await client.end().catch(() => undefined);
  };
  try {
    await client.connect();
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    for (const setting of SETTINGS) await client.query(setting);
    for (const setting of SETTINGS_OF_SOME) await unlessUnknown(client, () => client.query(setting));
    const moment = await readMoment(client);
    return { client, ...moment, close, inTurn: (seconds, work) => isolate(client, seconds, work) };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Leavable {
  readonly connection: { readonly stream: { destroy(): void } };
}

async function isolate<Result>(
  client: Client,
  seconds: number,
  work: () => Promise<Result>,
): Promise<Result> {
  await client.query("SAVEPOINT source");
  try {
    await client.query(`SET LOCAL statement_timeout = ${seconds * 1000}`);
    return await work();
  } finally {
    // Where the connection is gone, the work has said so.
    await client.query("ROLLBACK TO SAVEPOINT source").catch(() => undefined);
  }
}

/** A standby is as old as what it was last told; what only speaks the protocol may know nothing of either. */
async function readMoment(client: Client): Promise<Pick<Session, "position" | "asOf">> {
  const told = await unlessUnknown(client, () =>
    client.query<{ position: string | null; as_of: Date | null }>(
      `SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END::text AS position,
              CASE WHEN pg_is_in_recovery() THEN pg_last_xact_replay_timestamp() ELSE now() END AS as_of`,
    ),
  );
  const [row] = told?.rows ?? [];
  return { position: row?.position ?? undefined, asOf: row?.as_of ?? undefined };
}

/** What a statement answers; undefined where the database does not know it, which spoils nothing that follows. */
async function unlessUnknown<Result>(
  client: Client,
  ask: () => Promise<Result>,
): Promise<Result | undefined> {
  await client.query("SAVEPOINT asked");
  try {
    return await ask();
  } catch (error) {
    if (sqlState(error) === undefined) throw error;
    await client.query("ROLLBACK TO SAVEPOINT asked");
    return undefined;
  }
}
