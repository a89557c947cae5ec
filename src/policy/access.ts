import type { Actor, Role, Roles } from "../model/config/access.js";
import type { Connection } from "../model/config/connection.js";
import { access } from "../plan/checks/access.js";
import { askCheck } from "../plan/checks/check.js";
import type { FoundAgain } from "../plan/checks/registry.js";

/** The roles of somebody under all of their identities; none when there is nobody to tell. */
export function rolesOf(identities: readonly string[], roles: Roles | undefined): Role[] {
  if (roles === undefined) return [];
  return (["admins", "contributors"] as const).filter((role) =>
    roles[role].some((listed) => identities.some((own) => isSame(own, listed))),
  );
}

/** GitHub, GitLab and Azure take names in upper and lower case for the same. */
function isSame(one: string, other: string): boolean {
  if (one === other) return true;
  return /^(github|gitlab|azure):/.test(one) && one.toLowerCase() === other.toLowerCase();
}

/** Somebody's identity and roles. */
export function actorOf(identity: string | undefined, roles: Roles | undefined): Actor {
  return { identity, roles: rolesOf(identity === undefined ? [] : [identity], roles) };
}

/** Whether somebody with these roles may use a connection; everybody may where there are none. */
export function mayUse(
  { usableBy }: Pick<Connection, "usableBy">,
  own: readonly Role[],
  roles: Roles | undefined,
): boolean {
  if (roles === undefined || own.includes("admins")) return true;
  return usableBy === "contributors" && own.includes("contributors");
}

/** The check that the exports of a connection fail which somebody may not use. `approvers` stand behind the plan as well. */
export function checkAccess(
  connection: Pick<Connection, "name" | "usableBy">,
  actor: Actor,
  roles: Roles | undefined,
  approvers: readonly string[],
): FoundAgain[] {
  const allowed = mayUse(connection, [...actor.roles, ...rolesOf(approvers, roles)], roles);
  return askCheck(access, { connection, actor, allowed });
}
