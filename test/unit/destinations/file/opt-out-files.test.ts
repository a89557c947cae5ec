import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { file } from "../../../../src/destinations/file/index.js";
import { Failure } from "../../../../src/model/failure.js";
import { rowsOf } from "../../../support/sql.js";
import { connection } from "../brevo/fixtures.js";

const signal = new AbortController().signal;
let project: string;
let lists: string;

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), "rollcall-opt-outs-"));
  lists = join(project, "lists");
  await mkdir(lists);
});
afterEach(() => rm(project, { recursive: true }));

const open = () =>
  file.open({
    connection: connection({ path: "lists" }, { type: "file" }),
    apiKey: undefined,
    folder: project,
    scratch: project,
    spent: {},
  });
const read = () => open().optOuts({ since: undefined, lists: ["people"] }, signal);
const given = (text: string | Uint8Array, name = "unsubscribed.csv") => writeFile(join(lists, name), text);
const people = async () =>
  (await rowsOf((await read()).optedOut))
    .map(({ email, list_id }) => `${String(email)} ${String(list_id)}`)
    .sort();

test.each<[string, string]>([
  ["a plain file", "email\nann@x.de\n"],
  ["Windows line ends and a BOM", "\ufeffEmail\r\nAnn@X.de\r\n"],
  ["blank lines", "email\n\n  \nann@x.de\n\n"],
  ["other columns, quoted ones across lines", 'when,email,why\n2026,ann@x.de,"no, ""never""\nagain"\n'],
  ["a row without the columns after the address", "email,why\nann@x.de\n"],
  ["a name", "email\nAnn <ann@x.de>\n"],
  ["quotes", 'email\n"ann@x.de"\n'],
  ["a scheme", "email\nmailto:ann@x.de\n"],
  ["a semicolon", "email\nann@x.de;\n"],
  ["characters that nobody sees", "email\n\u200bann@x.de\u00a0\n"],
  ["percent signs", "email\nann%40x.de\n"],
  ["the same person twice", "email\nann@x.de\nAnn <ANN@x.de>\n"],
])("an opt-out is read from %s", async (_name, text) => {
  await given(text);
  expect(await people()).toEqual(["ann@x.de null"]);
  await given(text, "people.unsubscribed.csv");
  await given("email\n");
  expect(await people()).toEqual(["ann@x.de people"]);
});

test("members are told by key and as they are written", async () => {
  await given("email\nann@bücher.de\nBob <bob@x.de>\n");
  await given("email\nAnn@Bücher.de\nann@xn--bcher-kva.de\nbob@x.de\ncy@x.de\n", "people.csv");
  const members = await rowsOf(await open().members("people", { attributes: false }, signal));
  expect(members.map(({ email, opted_out }) => [email, opted_out])).toEqual([
    ["Ann@Bücher.de", "unsubscribed everywhere"],
    ["ann@xn--bcher-kva.de", "unsubscribed everywhere"],
    ["bob@x.de", "unsubscribed everywhere"],
    ["cy@x.de", null],
  ]);
});

describe.each(["unsubscribed.csv", "people.unsubscribed.csv"])("%s is refused", (name) => {
  test.each<[string, string | Uint8Array, RegExp]>([
    ["cut off in a line", "email\nbob@x.de\nann@x.d", /:3 has no line end/],
    ["cut off in its header", "email", /:1 has no line end/],
    [
      "with a quote that is never closed",
      'email\nbob@x.de\n"ann@x.de\ncy@x.de\n',
      /quote in .*:3 is never closed/,
    ],
    ["with a quote that swallows lines", 'email\n"ann@x.de\n"cy@x.de\n', /:2 has a quote where none can be/],
    ["with a quote inside a value", 'email\nann@x.de"",x\n', /:2 has a quote where none can be/],
    ["with text after a quote", 'email\n"ann@x.de"x\n', /:2 has a quote where none can be/],
    ["with an address in two words", "email\nbob@x.de\nann lee@x.de\n", /:3 is an opt-out whose address/],
    ["with something else than an address", "email\nann\n", /:2 is an opt-out whose address/],
    ["with a comma that nobody quoted", "name,email\nLee, Ann,ann@x.de\n", /:2 has 3 values under 2 names/],
    ["with a row without an address", "name,email\nAnn\n", /:2 has no address/],
    ["in another encoding", Buffer.from("email\n\u00e9ann@x.de\n", "latin1"), /not encoded in UTF-8/],
    ["empty", "", /no column email/],
    ["without a header", "ann@x.de\n", /no column email/],
  ])("%s", async (_name, text, says) => {
    await given(text, name);
    await given("email\n", "people.csv");
    const reads = [read, () => open().members("people", { attributes: false }, signal)];
    for (const one of reads) {
      const error: unknown = await one().catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(Failure);
      const { kind, message, hint } = error as Failure;
      expect([kind, message]).toEqual(["invalid", expect.stringMatching(says)]);
      expect(`${message} ${hint}`).not.toMatch(/\bann\b|lee/i);
    }
  });
});
