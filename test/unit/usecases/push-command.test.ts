import { expect, test } from "vitest";
import { pushCommand } from "../../../src/usecases/apply/errored.ts";

test("the command that brings in what could not be recorded names the environment, or it is refused", () => {
  expect(pushCommand("/runs/errored copy", "production")).toBe(
    "rollcall --env production state push '/runs/errored copy'",
  );
  expect(pushCommand("/runs/errored", undefined)).toBe("rollcall state push '/runs/errored'");
});
