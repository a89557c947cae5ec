import type { Actor, Role, Roles } from "../model/access.js";
import type { Connection } from "../model/connection.js";
import type { Check } from "../model/plan.js";

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
  { identity, roles: own }: Actor,
  roles: Roles | undefined,
  approvers: readonly string[],
): Check[] {
  const all = [...own, ...rolesOf(approvers, roles)];
  if (mayUse(connection, all, roles)) return [];
  const who = identity === undefined ? "nobody can tell who runs this" : `${identity} ${roleText(own)}`;
  const { name, usableBy } = connection;
  return [
    {
      name: "access",
      status: "failed",
      message: `Connection "${name}" is for ${usableBy === "admins" ? "admins" : "admins and contributors"}, and ${who}.`,
      hint:
        usableBy === "admins" && own.includes("contributors")
          ? "Have an admin run or approve this, or share the connection with `usableBy: contributors`."
          : "`roles` say who may; see docs/access.md.",
    },
  ];
}

function roleText(own: readonly Role[]): string {
  return own.length === 0 ? "has no role" : "is a contributor";
}
