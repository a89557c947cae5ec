import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { SWITCHES } from "../../../src/sandbox/index.js";

it("the guide has a row for every switch, in the words of the code", () => {
  const guide = readFileSync(new URL("../../../docs/sandbox.md", import.meta.url), "utf8");
  const rows = guide
    .split("\n")
    .filter((line) => line.startsWith("| `brevo") || line.startsWith("| `sendgrid"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const expected = Object.entries(SWITCHES).map(([name, { off, on, source }]) => [
    `\`${name}\``,
    off,
    on,
    source,
  ]);
  expect(rows).toEqual(expected);
});
