import { expect, test } from "vitest";
import { commandLine, completeCommands } from "../../../../src/model/words/command-line.js";

const invocation = { folder: "lists of anna", config: "it's.yaml", environment: "staging" };

test("a command says what chose the config, quoted for a shell", () => {
  expect(commandLine(["state", "push", "/tmp/errored copy"], invocation)).toBe(
    `rollcall -C 'lists of anna' --config 'it'\\''s.yaml' --env staging state push '/tmp/errored copy'`,
  );
  expect(commandLine(["plan"])).toBe("rollcall plan");
});

test("every command of a message is completed, and nothing else", () => {
  expect(
    completeCommands("Look at `rollcall plan`; `rollcall --env x drift` and rollcall apply.", {
      folder: "lists",
    }),
  ).toBe("Look at `rollcall -C lists plan`; `rollcall -C lists --env x drift` and rollcall apply.");
});

test("a command that names the config already does not name it twice", () => {
  const told = completeCommands("`rollcall plan`", invocation);
  expect(completeCommands(told, invocation)).toBe(told);
  expect(completeCommands("`rollcall plan --env production`", { environment: "staging" })).toBe(
    "`rollcall plan --env production`",
  );
});
