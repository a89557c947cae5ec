import { expect, test } from "vitest";
import { loadText, MINIMAL } from "../support.js";

test.each([
  [
    "a port that there is not",
    "notifiers: {ops: {type: smtp, host: a.example, port: 99999, from: a@a.example, to: [b@a.example]}}",
    "may be at most 65535",
  ],
  [
    "more crons than anybody reads",
    `schedule: {cron: [${'"0 6 * * *", '.repeat(101)}]}`,
    "more than 100 items",
  ],
])("%s breaks the schema and is refused", async (_, yaml, message) => {
  const { config, diagnostics } = await loadText(`${MINIMAL}${yaml}\n`);
  expect(config).toBeUndefined();
  expect(diagnostics.map((one) => one.message).join("\n")).toContain(message);
});
