import { describe, expect, test } from "vitest";
import type { Roles } from "../../../src/model/config/access.js";
import { actorOf, checkAccess, mayUse, rolesOf } from "../../../src/policy/access.js";

const roles: Roles = {
  admins: ["github:Anna", "ssh:anna@example.com", "local:root"],
  contributors: ["github:ben", "azure:ben@example.com"],
};

describe("roles", () => {
  test.each([
    ["github:anna", ["admins"]],
    ["github:BEN", ["contributors"]],
    ["azure:Ben@Example.com", ["contributors"]],
    ["gitlab:anna", []],
    ["ssh:Anna@example.com", []],
    ["local:Root", []],
    ["ci:schedule", []],
    ["github:annabel", []],
  ])("of %s are %j", (identity, own) => expect(rolesOf([identity], roles)).toEqual(own));

  test("add up over several identities, and nobody without one has any", () => {
    expect(rolesOf(["github:ben", "ssh:anna@example.com"], roles)).toEqual(["admins", "contributors"]);
    expect(actorOf(undefined, roles)).toEqual({ identity: undefined, roles: [] });
    expect(rolesOf(["github:anna"], undefined)).toEqual([]);
  });
});

describe("a connection", () => {
  const forAdmins = { name: "news", usableBy: "admins" } as const;
  const shared = { name: "news", usableBy: "contributors" } as const;

  test("is for everybody without roles, and for nobody unknown with them", () => {
    expect(mayUse(forAdmins, [], undefined)).toBe(true);
    expect(mayUse(shared, [], roles)).toBe(false);
    expect(mayUse(forAdmins, ["contributors"], roles)).toBe(false);
    expect(mayUse(shared, ["contributors"], roles)).toBe(true);
    expect(mayUse(forAdmins, ["admins"], roles)).toBe(true);
  });

  test("says who may not use it, and passes when an admin has approved", () => {
    const ben = actorOf("github:ben", roles);
    expect(checkAccess(forAdmins, ben, roles, [])).toMatchObject([
      {
        name: "access",
        status: "failed",
        message: `Connection "news" is for admins, and github:ben is a contributor.`,
      },
    ]);
    expect(checkAccess(forAdmins, ben, roles, ["ssh:anna@example.com"])).toEqual([]);
    expect(checkAccess(forAdmins, ben, roles, ["ssh:ben@example.com"])).toHaveLength(1);
    expect(checkAccess(shared, ben, roles, [])).toEqual([]);
    expect(checkAccess(shared, actorOf("github:eve", roles), roles, [])[0]?.message).toBe(
      `Connection "news" is for admins and contributors, and github:eve has no role.`,
    );
    expect(checkAccess(shared, actorOf(undefined, roles), roles, [])[0]?.message).toContain(
      "nobody can tell",
    );
  });
});
