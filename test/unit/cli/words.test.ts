import { expect, test } from "vitest";
import { actor } from "../../../src/cli/actor.js";
import { palette } from "../../../src/cli/colour.js";
import { tell } from "../../../src/cli/error-message.js";
import { Failure } from "../../../src/model/failure.js";
import { plain } from "../../../src/report/palette.js";

test("the actor is the CI system's person where there is one, else user@host", () => {
  expect(actor({ GITHUB_ACTIONS: "true", GITHUB_ACTOR: "anna", GITHUB_RUN_ID: "7" })).toBe("github:anna/7");
  expect(actor({ GITLAB_CI: "true" })).toBe("gitlab:unknown");
  expect(actor({})).toMatch(/^.+@.+$/);
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

test("a failure is told as it is, an unexpected error never quotes its message", () => {
  expect(tell(new Failure("auth", "no", { hint: "do" }))).toEqual({
    kind: "auth",
    message: "no",
    hint: "do",
  });
  const told = JSON.stringify(tell(new Error("could not write anna@example.com")));
  expect(told).not.toContain("anna");
  expect(told).toContain("ROLLCALL_DEBUG");
});
