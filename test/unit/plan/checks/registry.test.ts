import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, expectTypeOf, test } from "vitest";
import type { Check } from "../../../../src/model/plan/plan.js";
import {
  holdsWithdrawals,
  isAboutAdditions,
  isAskedAgain,
  OVERRIDABLE,
  REFUSING_CHECKS,
  WARNING_CHECKS,
  type FoundAgain,
  type FoundOnce,
} from "../../../../src/plan/checks/registry.js";

const ALL = [...REFUSING_CHECKS, ...WARNING_CHECKS];

test("every file that holds a check is in the registry, under the name of the file", async () => {
  const folder = fileURLToPath(new URL("../../../../src/plan/checks/", import.meta.url));
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".ts"));
  const found: string[] = [];
  for (const file of files) {
    const exported = Object.values((await import(`${folder}${file}`)) as Record<string, unknown>);
    for (const one of exported)
      if (typeof one === "object" && one !== null && "find" in one && "name" in one) {
        expect(`${String(one.name)}.ts`).toBe(file.split("/").at(-1));
        found.push(String(one.name));
      }
  }
  expect(found.sort()).toEqual(ALL.map(({ name }) => name).sort());
});

test("each check is asked again when a saved plan is applied, or stays with its rows", () => {
  expect(
    ALL.filter(({ asked }) => asked === "again")
      .map(({ name }) => name)
      .sort(),
  ).toEqual([
    "access",
    "contract-headroom",
    "data-privacy",
    "empty-suppression",
    "held-by-orphan",
    "max-addresses",
    "old-list",
    "opt-out-place",
    "opt-outs-ended",
    "orphan-suppressed",
    "restraints-unread",
    "two-mirrors",
    "unreadable-addresses",
  ]);
  expect(isAskedAgain("data-privacy")).toBe(true);
  expect(isAskedAgain("contract-headroom")).toBe(true);
  expect(isAskedAgain("max-adds")).toBe(false);
  expect(isAskedAgain("policy:few")).toBe(false);
});

test("the types keep checks that are found once apart from those asked again, and from unregistered ones", () => {
  type Named<Name extends string> = Check & { readonly name: Name };
  expectTypeOf<Named<"max-adds">>().toExtend<FoundOnce>();
  expectTypeOf<Named<"max-adds">>().not.toExtend<FoundAgain>();
  expectTypeOf<Named<"access">>().toExtend<FoundAgain>();
  expectTypeOf<Named<"access">>().not.toExtend<FoundOnce>();
  expectTypeOf<Named<"made-up">>().not.toExtend<FoundOnce | FoundAgain>();
});

test("a check that is not overridable has no override, and a policy holds up no withdrawals", () => {
  expect(REFUSING_CHECKS.map(({ name }) => name).filter((name) => !OVERRIDABLE.includes(name))).toEqual([
    "data-privacy",
    "access",
    "two-mirrors",
    "protected",
    "old-list",
    "max-addresses",
    "restraints-unread",
    "unreadable-addresses",
    "integer-too-large",
  ]);
  expect(ALL.map(({ name }) => name).filter(holdsWithdrawals)).toEqual([
    "data-privacy",
    "max-withdrawals",
    "missing-consent",
  ]);
  expect(holdsWithdrawals("policy:few")).toBe(false);
  expect([isAboutAdditions("max-adds"), isAboutAdditions("max-removals"), isAboutAdditions("x")]).toEqual([
    true,
    false,
    false,
  ]);
});
