import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findCsvFault } from "../../../src/formats/csv-fault.ts";
import { sharedEngine } from "../../support/engine.ts";
import { failureOf, loadCsv } from "./support.ts";

const opened = sharedEngine();

test.each<[string, string]>([
  ["a;b\r\n1;2\n3;4\r\n", "line 2 ends with LF, and what stands before it with CR LF."],
  ["a;b\n1;2\r\n3;4\n", "line 2 ends with CR LF, and what stands before it with LF."],
  ["a;b\n1;2\n3;4\r5;6\n", "line 3 ends with CR, and what stands before it with LF."],
  ["a;b\r1;2\r3;4\n", "line 3 ends with LF, and what stands before it with CR."],
  ["a;b\n1;2\n3;4\r", "line 3 ends with CR, and what stands before it with LF."],
  ['a;b\n"1\r\n2";3\n4;5\r\n', "line 4 ends with CR LF, and what stands before it with LF."],
  ['a;b\n1;"2" inch\n', "line 2 has more behind the closing quote of a value."],
  ['a;b\n"x\ny";"2"z\n', "line 3 has more behind the closing quote of a value."],
])("%j is refused with its line", async (text, message) => {
  const { message: told, hint } = await failureOf(loadCsv(opened(), text, { delimiter: ";" }));
  expect(told).toMatch(/^Source "people \d+" \(people-\d+\.csv\): /);
  expect(told).toContain(message);
  expect(hint).not.toBe("");
});

test.each([
  "a;b\r\n1;2\r\n",
  "a;b\r1;2\r",
  'a;b\n"1\r\n\r""x"" ";2" pipe\n',
  'a;b\n "1" ; "2"\n',
  "a;b\n1;2",
])("%j has nothing of the kind", async (text) => {
  const file = join(opened().data, "sound.csv");
  await writeFile(file, text);
  expect(await findCsvFault(file, ";")).toBeUndefined();
});
