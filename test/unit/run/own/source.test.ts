import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadSource, type LoadedSource } from "../../../../src/engine/load/load-source.js";
import { lookAtSource } from "../../../../src/engine/load/look-at-source.js";
import { Failure } from "../../../../src/model/failure.js";
import type { Source, SourceBase } from "../../../../src/model/config/source.js";
import { openOwnSource } from "../../../../src/run/own/source.js";
import { NO_PLUGINS } from "../../../../src/config/plugins/own-kinds.js";
import { readManifest } from "../../../../src/config/plugins/read-manifest.js";
import { SharedThings } from "../../../../src/run/shared.js";
import { CLOCK, withEngine } from "../../../support/engine.js";

const WHOSE = 'Source "customers": its plug-in';
const COLUMN_NAMES = "columnNames: async () => ({ names: ['email'], all: true })";
const RELATION = `relation: async () => ({ sql: "select 'a' as email" })`;
const SEAL = "seal: async () => undefined";
const SOUND = `${COLUMN_NAMES}, ${RELATION}, ${SEAL}`;

let folder: string;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-own-source-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Reads all of a source whose `open` answers with this. */
async function loaded(answer: string): Promise<LoadedSource> {
  const manifest = { contract: 1, kind: "source", type: "acme", description: "Customers." };
  const module = join(folder, `own-${(count += 1)}.mjs`);
  await writeFile(module, `export const load = ({ Failure }) => ({ open: () => (${answer}) });\n`);
  const told = readManifest(
    { manifest, load: () => undefined },
    { name: "./own.mjs", place: module, kinds: NO_PLUGINS.kinds },
  );
  if (!("section" in told) || told.section !== "sources") throw new Error("it brings no source");
  const base: SourceBase = {
    name: "customers",
    folder,
    columns: {},
    minimumRows: undefined,
    maxAge: undefined,
  };
  const source: Source = told.kind.manifest.sourceOf({}, { ...base, module });
  const context = {
    within: [folder],
    secrets: {},
    shared: new SharedThings(),
    signal: new AbortController().signal,
  };
  const opened = await openOwnSource(source, module, context);
  await lookAtSource(
    { folder: join(folder, `look-${count}`), timezone: "UTC", clock: CLOCK },
    source,
    opened,
  );
  return withEngine(async ({ engine }) => {
    await engine.lockDown(opened.files);
    return loadSource(engine, source, opened);
  });
}

async function read(answer: string): Promise<number> {
  return (await loaded(answer)).rows;
}

async function failureOf(answer: string): Promise<Failure> {
  const error: unknown = await read(answer).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Failure);
  return error as Failure;
}

it("a source that has what it needs is read", async () => {
  expect(await read(`{ ${SOUND} }`)).toBe(1);
});

describe("what is not the whole is not taken for it:", () => {
  it.each([
    "false",
    "true",
    "null",
    "0",
    "''",
    "{ complete: false }",
    "{ proof: 7 }",
    "{ proof: 'a\\nb' }",
    "{ proof: 'a', asOf: 'today' }",
  ])("`seal` answers with %s", async (answer) => {
    const { kind, message, hint } = await failureOf(
      `{ ${COLUMN_NAMES}, ${RELATION}, seal: async () => (${answer}) }`,
    );
    expect(kind).toBe("permanent");
    expect(message).toBe(
      `${WHOSE} has a mistake: its \`seal\` answers with something else than \`{proof, snapshot, asOf}\`.`,
    );
    expect(hint).toContain("throws a `Failure` unless");
  });
});

it("`seal` may say what proves it, and what was read", async () => {
  const asOf = new Date("2026-11-30T06:00:00Z");
  const seal = `seal: async () => ({ proof: "the count of its trailer", snapshot: "v7", asOf: new Date(${asOf.getTime()}) })`;
  expect(await loaded(`{ ${COLUMN_NAMES}, ${RELATION}, ${seal} }`)).toMatchObject({
    proof: "the count of its trailer",
    snapshot: "v7",
    asOf,
  });
});

describe("what `open` answers with is told to lack", () => {
  it.each<[string, string, string]>([
    ["everything", "undefined", "its `open` answers with no object"],
    ["all but a number", "7", "its `open` answers with no object"],
    ["`relation`", `{ ${COLUMN_NAMES}, ${SEAL} }`, "what its `open` answers with has no function `relation`"],
    [
      "`columnNames`",
      `{ ${RELATION}, ${SEAL} }`,
      "what its `open` answers with has no function `columnNames`",
    ],
    ["`seal`", `{ ${COLUMN_NAMES}, ${RELATION} }`, "what its `open` answers with has no function `seal`"],
    [
      "a function",
      `{ ${SOUND}, examine: 1 }`,
      "what its `open` answers with has an `examine` that is no function",
    ],
    [
      "a list",
      `{ ${SOUND}, files: "a.csv" }`,
      "what its `open` answers with has `files` that are no list of texts",
    ],
    [
      "texts",
      `{ ${SOUND}, files: [7] }`,
      "what its `open` answers with has `files` that are no list of texts",
    ],
    [
      "statements",
      `{ ${SOUND}, attach: 7 }`,
      "what its `open` answers with has `attach` that are no list of texts",
    ],
    [
      "a known word",
      `{ ${SOUND}, untyped: "some" }`,
      "what its `open` answers with has an `untyped` that is not all, dates or none",
    ],
    [
      "names",
      `{ ${RELATION}, ${SEAL}, columnNames: async () => ["email"] }`,
      "its `columnNames` answers without `names`, a list of texts",
    ],
    [
      "a SELECT",
      `{ ${COLUMN_NAMES}, ${SEAL}, relation: async () => ({}) }`,
      "its `relation` answers without `sql`, a text",
    ],
    [
      "an answer",
      `{ ${COLUMN_NAMES}, ${SEAL}, relation: async () => undefined }`,
      "its `relation` answers without `sql`, a text",
    ],
  ])("%s", async (_, answer, mistake) => {
    const { kind, message } = await failureOf(answer);
    expect(kind).toBe("permanent");
    expect(message).toBe(`${WHOSE} has a mistake: ${mistake}.`);
  });
});

describe("what the system refuses a module is no mistake of it:", () => {
  const thrown = (code: string, syscall: string): string =>
    `{ ${COLUMN_NAMES}, ${SEAL}, relation: async () => { throw Object.assign(new Error("canary"), ` +
    `{ code: "${code}", syscall: "${syscall}", path: "/canary" }); } }`;

  it("a disk that is full", async () => {
    const { kind, message, hint } = await failureOf(thrown("ENOSPC", "write"));
    expect(kind).toBe("permanent");
    expect(message).toBe(`${WHOSE} could not go on: a disk of this machine is full (ENOSPC).`);
    expect(hint).toContain("TMPDIR");
  });

  it.each(["ECONNREFUSED", "ETIMEDOUT", "ENOTFOUND"])("the network with %s, which may pass", async (code) => {
    const { kind, message, hint } = await failureOf(thrown(code, "connect"));
    expect(kind).toBe("transient");
    expect(message).toBe(
      `${WHOSE} could not go on: what it asked for on the network cannot be reached (${code}).`,
    );
    expect(`${message} ${hint}`).not.toContain("canary");
  });

  it("whatever else", async () => {
    const { message, hint } = await failureOf(thrown("EMFILE", "open"));
    expect(message).toBe(`${WHOSE} could not go on: this machine did not let it (EMFILE).`);
    expect(`${message} ${hint}`).not.toContain("canary");
  });

  it("but what only looks so is not repeated", async () => {
    expect((await failureOf(thrown("canary@example.com", "open"))).message).toBe(
      `${WHOSE} has a mistake (Error).`,
    );
  });
});

it("what the engine says of a source without files has no empty brackets", async () => {
  const { message } = await failureOf(
    `{ ${COLUMN_NAMES}, ${SEAL}, relation: async () => ({ sql: "select * from nowhere_at_all" }) }`,
  );
  expect(message).toMatch(/^Source "customers": /u);
  expect(message).not.toContain("()");
});
