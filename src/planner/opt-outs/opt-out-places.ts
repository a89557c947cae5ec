import type { Connection } from "../../model/config/connection.js";
import { unlessFailed } from "../../model/unless-failed.js";
import type { OptOutQuery } from "../../plugin/destination.js";
import type { OpenConnection } from "../../run/accounts.js";
import { connectAccount } from "../connect.js";
import { standingDetachment } from "../transition/detached.js";
import type { Run } from "../../run/run.js";

export type OptOutPlaces = Required<Pick<OptOutQuery, "places" | "perhaps">>;

/**
 * Where else people of an account opt out: every place that some connection of
 * the config names, whether an export of this run uses it or not. A connection
 * whose account cannot be known may lead to this one, so that its places are
 * looked for here as well.
 */
export async function findOptOutPlaces(run: Run, open: OpenConnection): Promise<OptOutPlaces> {
  const { connection, plugin, accountKey } = open;
  const placesOf = (one: Connection): readonly string[] =>
    one.type === connection.type ? (plugin.optOutPlaces?.(one) ?? []) : [];
  const places = new Set(placesOf(connection));
  const perhaps = new Set<string>();
  for (const other of run.config.connections.values()) {
    const more = placesOf(other).filter((place) => !places.has(place));
    if (more.length === 0) continue;
    const key = await accountKeyOf(run, other);
    if (key === accountKey) more.forEach((place) => places.add(place));
    else if (key === undefined) more.forEach((place) => perhaps.add(place));
  }
  return { places: [...places], perhaps: [...perhaps].filter((place) => !places.has(place)) };
}

/** The account that a connection leads to; asks it once. Undefined when nobody can say. */
async function accountKeyOf(run: Run, connection: Connection): Promise<string | undefined> {
  const { accountKeys, config, state } = run;
  const { name } = connection;
  if (accountKeys.has(name)) return accountKeys.get(name);
  accountKeys.set(name, undefined);
  // Whoever withdrew an agreement wants no request made there.
  if (standingDetachment(config, state.root, name) !== undefined) return undefined;
  return unlessFailed(
    async () => (await connectAccount(run, connection)).open.accountKey,
    (failure) => {
      run.emit({
        type: "warning",
        export: undefined,
        message: `Connection "${name}" cannot be asked for its account, so opt-outs of the places that it names are looked for in every account of its type. ${failure.message}`,
      });
    },
  );
}
