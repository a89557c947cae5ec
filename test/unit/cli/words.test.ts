import { userInfo } from "node:os";
import { expect, test } from "vitest";
import { describeActor, findIdentity } from "../../../src/cli/actor.js";
import { palette } from "../../../src/cli/output/colour.js";
import { describeError } from "../../../src/cli/process/error-message.js";
import { Failure } from "../../../src/model/failure.js";
import { plain } from "../../../src/report/layout/palette.js";

test("the actor is the CI system's person where there is one, else user@host", () => {
  expect(describeActor({ GITHUB_ACTIONS: "true", GITHUB_ACTOR: "anna", GITHUB_RUN_ID: "7" })).toBe(
    "github:anna/7",
  );
  expect(describeActor({ GITLAB_CI: "true" })).toBe("gitlab:unknown");
  expect(describeActor({})).toMatch(/^.+@.+$/);
});

test.each<[string, Readonly<Record<string, string>>, string | undefined]>([
  ["GitHub", { GITHUB_ACTIONS: "true", CI: "true", GITHUB_ACTOR: "anna" }, "github:anna"],
  ["GitHub, run again by another", { GITHUB_ACTIONS: "true", GITHUB_ACTOR: "anna", GITHUB_TRIGGERING_ACTOR: "ben" }, "github:ben"], // prettier-ignore
  ["GitHub on schedule", { GITHUB_ACTIONS: "true", GITHUB_ACTOR: "anna", GITHUB_EVENT_NAME: "schedule" }, "ci:schedule"], // prettier-ignore
  ["GitHub without a word", { GITHUB_ACTIONS: "true", GITHUB_ACTOR: "" }, undefined],
  ["GitLab", { GITLAB_CI: "true", CI: "true", GITLAB_USER_LOGIN: "anna" }, "gitlab:anna"],
  ["GitLab on schedule", { GITLAB_CI: "true", GITLAB_USER_LOGIN: "anna", CI_PIPELINE_SOURCE: "schedule" }, "ci:schedule"], // prettier-ignore
  ["Azure", { TF_BUILD: "True", BUILD_REQUESTEDFOREMAIL: "anna@example.com" }, "azure:anna@example.com"],
  ["Azure on schedule", { TF_BUILD: "True", BUILD_REQUESTEDFOREMAIL: "anna@example.com", BUILD_REASON: "Schedule" }, "ci:schedule"], // prettier-ignore
  ["another CI system", { CI: "true" }, undefined],
])("roles know who runs this in %s", (_, env, who) => expect(findIdentity(env)).toBe(who));

test("roles know the machine's user elsewhere", () => {
  expect(findIdentity({})).toBe(`local:${userInfo().username}`);
  expect(findIdentity({ CI: "false" })).toBe(findIdentity({}));
});

test("colours are for terminals; NO_COLOR and --no-color win, FORCE_COLOR overrules the terminal", () => {
  const wishes = { allowed: true, isTTY: true, env: {} };
  expect(palette(wishes).error("x")).not.toBe("x");
  expect(palette({ ...wishes, isTTY: false })).toBe(plain);
  expect(palette({ ...wishes, allowed: false })).toBe(plain);
  expect(palette({ ...wishes, env: { TERM: "dumb" } })).toBe(plain);
  expect(palette({ ...wishes, env: { NO_COLOR: "1", FORCE_COLOR: "1" } })).toBe(plain);
  expect(palette({ ...wishes, env: { NO_COLOR: "" } })).not.toBe(plain);
  expect(palette({ ...wishes, isTTY: false, env: { FORCE_COLOR: "1" } })).not.toBe(plain);
});

test("a failure is shown as it is, and an unexpected error never quotes its message", () => {
  expect(describeError(new Failure("auth", "no", { hint: "do" }))).toEqual({
    kind: "auth",
    message: "no",
    hint: "do",
  });
  const told = JSON.stringify(describeError(new Error("could not write anna@example.com")));
  expect(told).not.toContain("anna");
  expect(told).toContain("ROLLCALL_DEBUG");
});
