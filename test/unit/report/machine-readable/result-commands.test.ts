import { expect, test } from "vitest";
import { RESULT_COMMANDS } from "../../../../src/report/machine-readable/result-commands.js";
import { schema, validEvent } from "../../../support/valid-event.js";

interface Branches {
  readonly allOf: readonly {
    readonly if: {
      readonly properties: {
        readonly command: { readonly const?: string; readonly enum?: readonly string[] };
      };
    };
  }[];
}

const described = (branches: Branches): string[] =>
  branches.allOf.flatMap(
    ({ if: { properties } }) => properties.command.enum ?? properties.command.const ?? [],
  );

test("the data of every command's result is described, once, and of no other command's", () => {
  const { $defs } = schema("events") as { $defs: { result: Branches } };
  const commands = [...described(schema("results") as Branches), ...described($defs.result)];
  expect(commands.toSorted()).toEqual(RESULT_COMMANDS.toSorted());
});

test.each(RESULT_COMMANDS.map((command) => [command]))(
  "%s does not take what is none of its data",
  (command) => {
    const event = { type: "result", time: "2026-07-01T06:00:00.000Z", command };
    expect(validEvent({ ...event, data: 7 })).toBe(false);
  },
);
