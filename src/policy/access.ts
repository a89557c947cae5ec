import type { Role, Roles } from "../model/access.js";

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
