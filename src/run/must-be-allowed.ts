import type { Config } from "../model/config/config.js";
import type { Connection } from "../model/config/connection.js";
import { Failure } from "../model/failure.js";
import { actorOf, checkAccess } from "../policy/access.js";

/** Throws `Failure("refused")` when somebody may not use a connection; `identity` is undefined when nobody can tell who it is. */
export function mustBeAllowed(
  { roles }: Pick<Config, "roles">,
  connection: Connection,
  identity: string | undefined,
): void {
  const [refused] = checkAccess(connection, actorOf(identity, roles), roles, []);
  if (refused === undefined) return;
  throw new Failure("refused", refused.message, refused.hint === undefined ? {} : { hint: refused.hint });
}
