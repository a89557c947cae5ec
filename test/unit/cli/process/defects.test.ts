import { channel } from "node:diagnostics_channel";
import { expect, it } from "vitest";
import { reportDefects } from "../../../../src/cli/process/defects.js";
import { DEFECTS } from "../../../../src/platform/defects.js";

/** What is written to stderr when a defect is kept to its export and the command has these words. */
function saidOf(defect: Error, words: readonly string[]): string {
  const { argv, env, stderr } = process;
  const write = stderr.write.bind(stderr);
  const [before, debug] = [argv.length, env["ROLLCALL_DEBUG"]];
  let said = "";
  stderr.write = (text: string | Uint8Array): boolean => {
    said += String(text);
    return true;
  };
  env["ROLLCALL_DEBUG"] = "1";
  argv.push(...words);
  try {
    channel(DEFECTS).publish(defect);
  } finally {
    argv.length = before;
    if (debug === undefined) delete env["ROLLCALL_DEBUG"];
    else env["ROLLCALL_DEBUG"] = debug;
    stderr.write = write;
  }
  return said;
}

it("ROLLCALL_DEBUG shows a defect that is kept to its export, but not of a change that nobody has reviewed", () => {
  reportDefects(false);
  process.off("uncaughtException", process.listeners("uncaughtException").at(-1) as () => void);
  const defect = new TypeError("anna@example.com is not iterable");
  expect(saidOf(defect, ["plan"])).toContain("anna@example.com is not iterable");
  expect(saidOf(defect, ["plan", "--untrusted"])).toBe("");
});
