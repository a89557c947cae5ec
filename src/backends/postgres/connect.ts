import type { Pool } from "pg";
import type { Secret } from "../../platform/secrets/secret.js";
import { parsePostgresAddress } from "../../platform/postgres/address.js";
import { loadOptionalPackage } from "../../platform/optional-package.js";

const CONNECT_MS = 15_000;

/** Connections to the database, made when they are needed and no reason for the process to go on. */
export async function createPool(url: Secret): Promise<Pool> {
  const { default: pg } = await loadOptionalPackage("pg", "State in PostgreSQL", () => import("pg"));
  const pool = new pg.Pool({
    ...parsePostgresAddress(url, "state.url"),
    application_name: "rollcall",
    max: 4,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_MS,
    allowExitOnIdle: true,
  });
  // A connection that breaks while nobody uses it is replaced.
  pool.on("error", () => undefined);
  return pool;
}
