import type { PostgresStore } from "../../model/store.js";
import { Failure } from "../../model/failure.js";
import type { Secret } from "../../platform/secret.js";
import type { StateBackend } from "../../plugin/state-backend.js";
import { connections } from "./connect.js";
import { PostgresBackend } from "./postgres-backend.js";

/** State in a PostgreSQL database. */
export async function postgres(
  store: PostgresStore,
  { url }: { readonly url?: Secret },
): Promise<StateBackend> {
  if (url === undefined) throw new Failure("invalid", "`state.url` is missing.");
  return new PostgresBackend(await connections(url), store);
}
