import { expect, it } from "vitest";
import { findingEnvironment, readingEnvironment } from "../../../../src/platform/git/environment.js";

const AROUND = {
  HOME: "/home/ci",
  LANG: "de_DE.UTF-8",
  PATH: "/checkout/node_modules/.bin:/usr/bin",
  GIT_DIR: "/evil",
  GIT_WORK_TREE: "/evil",
  GIT_EXTERNAL_DIFF: "evil",
  GIT_TRACE: "/checkout/trace",
  GIT_SSH_COMMAND: "evil",
  Git_Exec_Path: "/evil",
  GIT_GRAFT_FILE: "/evil",
  GIT_CONFIG_PARAMETERS: "'core.worktree=/evil'",
  GIT_CONFIG_GLOBAL: "/home/ci/gitconfig",
  GIT_CONFIG_COUNT: "4",
  GIT_CONFIG_KEY_0: "core.worktree",
  GIT_CONFIG_VALUE_0: "/evil",
  GIT_CONFIG_KEY_1: "Safe.Directory",
  GIT_CONFIG_VALUE_1: "/checkout",
  GIT_CONFIG_KEY_3: "safe.directory",
  GIT_CONFIG_VALUE_3: "*",
  GIT_CONFIG_KEY_4: "safe.directory",
  GIT_CONFIG_VALUE_4: "beyond the count",
};
const NEUTRAL = {
  HOME: "/home/ci",
  LANG: "de_DE.UTF-8",
  LC_ALL: "C",
  PATH: "/usr/bin",
  GIT_TERMINAL_PROMPT: "0",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_NO_LAZY_FETCH: "1",
  GIT_ALLOW_PROTOCOL: "",
  GIT_NO_REPLACE_OBJECTS: "1",
  GIT_GRAFT_FILE: "/dev/null",
  GIT_ATTR_NOSYSTEM: "1",
};

it("the environment of git has nothing that an earlier step set about repositories, and of settings only the trusted checkouts", () => {
  expect(findingEnvironment(AROUND, "/usr/bin")).toEqual({
    ...NEUTRAL,
    GIT_CONFIG_GLOBAL: "/home/ci/gitconfig",
    GIT_CONFIG_COUNT: "2",
    GIT_CONFIG_KEY_0: "safe.directory",
    GIT_CONFIG_VALUE_0: "/checkout",
    GIT_CONFIG_KEY_1: "safe.directory",
    GIT_CONFIG_VALUE_1: "*",
  });
  for (const count of ["", "many", "-1", "1.5", undefined])
    expect(findingEnvironment({ ...AROUND, GIT_CONFIG_COUNT: count }, "/usr/bin")).toEqual({
      ...NEUTRAL,
      GIT_CONFIG_GLOBAL: "/home/ci/gitconfig",
      GIT_CONFIG_COUNT: "0",
    });
});

it("the environment of git has only the repository's settings once that is found", () => {
  expect(readingEnvironment(AROUND, "/usr/bin")).toEqual({
    ...NEUTRAL,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_SYSTEM: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
  });
});
