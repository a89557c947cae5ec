import { Failure } from "../../model/failure.js";
import type { Secret } from "../../platform/secrets/secret.js";
import type { StateBackend, StateBackendPlugin } from "../../plugin/state-backend.js";
import { createPool } from "./connect.js";
import type { PostgresOptions } from "./options.js";
import { PostgresBackend } from "./postgres-backend.js";

/** State in a PostgreSQL database. */
export const postgres = {
  async open(options: PostgresOptions, { url }: { readonly url?: Secret }): Promise<StateBackend> {
    if (url === undefined) throw new Failure("invalid", "`state.url` is missing.");
    return new PostgresBackend(await createPool(url), options);
  },
} satisfies StateBackendPlugin;
