import { expect, test } from "vitest";
import { completeMessages } from "../../../../src/report/machine-readable/complete-messages.js";

test("messages, hints and notes of a document are completed wherever they stand, and what others wrote is not", () => {
  const command = "`rollcall plan`";
  const document = {
    configChanges: [{ diff: `+ title: ${command}`, hint: command }],
    exports: [{ name: command, checks: [{ message: command, hint: command }] }],
    notes: [command],
  };
  const told = "`rollcall --env staging plan`";
  expect(completeMessages(document, { environment: "staging" })).toEqual({
    configChanges: [{ diff: `+ title: ${command}`, hint: told }],
    exports: [{ name: command, checks: [{ message: told, hint: told }] }],
    notes: [told],
  });
  expect(completeMessages(document, {})).toBe(document);
});
