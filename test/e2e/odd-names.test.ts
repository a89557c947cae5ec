import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadConfig } from "../../src/config/load.js";
import { openProject, type Project, type Yaml } from "../support/project.js";
import { remoteOf } from "../support/remote.js";
import { rollcall, type Ended } from "../support/rollcall.js";

type Exported = readonly [name: string, type: keyof typeof FIELD];

/** Names that every object answers to. */
const EXPORTS: readonly Exported[] = [
  ["toString", "brevo"],
  ["constructor", "sendgrid"],
  ["hasOwnProperty", "file"],
];
const CONNECTIONS = { brevo: "valueOf", sendgrid: "isPrototypeOf", file: "propertyIsEnumerable" } as const;
const FIELD = { brevo: "TOSTRING", sendgrid: "constructor", file: "__proto__" } as const;
/** Also one that changes what an object is when it is assigned. */
const keyed = (entries: readonly (readonly [string, unknown])[]): Yaml => Object.fromEntries(entries);

let project: Project;
const lists = new Map<keyof typeof FIELD, string>();
beforeAll(async () => {
  project = await openProject();
  for (const type of ["brevo", "sendgrid", "file"] as const)
    lists.set(type, await remoteOf(project, type).addList("customers"));
  await write();
  await project.write("people.csv", table("Anna", "Ben"));
});
afterAll(() => project.stop());

const table = (...names: string[]): string =>
  `email,toString,constructor,__proto__\n${names
    .map((name) => `${name.toLowerCase()}@example.com,1,${name},2026-01-01`)
    .join("\n")}\n`;

async function write(exports: readonly Exported[] = EXPORTS, more: Yaml = {}): Promise<void> {
  const { brevo, sendgrid, file } = project.connections();
  await project.config({
    environments: { prototype: {} },
    connections: keyed([
      [CONNECTIONS.brevo, brevo],
      [CONNECTIONS.sendgrid, sendgrid],
      [CONNECTIONS.file, file],
    ]),
    sources: keyed([
      [
        "toLocaleString",
        {
          type: "files",
          path: "people.csv",
          columns: keyed([
            ["toString", "number"],
            ["__proto__", "date"],
          ]),
        },
      ],
    ]),
    segments: keyed([
      ["then", { source: "toLocaleString" }],
      ["toJSON", { source: "toLocaleString", where: "false", allowEmpty: true }],
    ]),
    suppressions: ["toJSON"],
    policies: keyed([
      [
        "constructor",
        {
          deny: "plan.exports.exists(one, 'constructor' in one.counts.heldBack)",
          level: "mandatory",
          message: "None.",
        },
      ],
    ]),
    exports: keyed(
      exports.map(([name, type]) => [
        name,
        {
          connection: CONNECTIONS[type],
          list: { name: "customers", create: true },
          segments: ["then"],
          match: { email: "email" },
          createMissing: true,
          attributes: keyed([[FIELD[type], { column: "constructor", type: "text" }]]),
        },
      ]),
    ),
    ...more,
  });
}

async function run(...words: string[]): Promise<Ended> {
  const ended = await rollcall([...words, "--env", "prototype"], { cwd: project.folder });
  expect(ended.stderr + ended.stdout, words.join(" ")).not.toMatch(
    /TypeError|not a function|native code|\[object/,
  );
  return ended;
}

async function expectCode(code: number, ...words: string[]): Promise<string> {
  const ended = await run(...words);
  expect(ended.code, `${words.join(" ")}: ${ended.stderr}${ended.stdout}`).toBe(code);
  return ended.stdout;
}

it("a name that every JavaScript object has is a name like any other", { timeout: 600_000 }, async () => {
  const chosen = { environment: "prototype" };
  const unchanged = async (): Promise<void> => {
    for (const { counts } of (await project.plan(chosen)).exports)
      expect(counts).toMatchObject({ add: 0, update: 0, remove: 0 });
  };
  expect(await expectCode(0, "connections", "list")).toMatch(/valueOf[\s\S]*agreed/);
  await expectCode(2, "plan", "--detailed-exitcode", "--out", "saved.plan");
  expect(await expectCode(0, "apply", "saved.plan", "--auto-approve")).toContain("6 added");
  await unchanged();
  for (const type of ["brevo", "sendgrid", "file"] as const) {
    const members = await remoteOf(project, type).members(lists.get(type) ?? "");
    expect(JSON.stringify([...members.values()])).toMatch(/Anna.*Ben/);
  }
  for (const one of (await project.drift(chosen)).values()) expect(one.error).toBeUndefined();
  expect(await expectCode(0, "state", "show", "toString")).toContain("toString");
  await expectCode(3, "state", "show", "valueOf");
  expect(await expectCode(0, "status")).toContain("hasOwnProperty");
  expect(await expectCode(0, "connections", "list")).toMatch(/valueOf[\s\S]*agreed/);

  await expectCode(0, "state", "mv", "toString", "valueOf", "--auto-approve");
  await write(
    [
      ["valueOf", "brevo"],
      ["isPrototypeOf", "sendgrid"],
      ["hasOwnProperty", "file"],
    ],
    { moved: [{ from: "constructor", to: "isPrototypeOf" }] },
  );
  await project.apply(chosen);
  await unchanged();
  await project.write("people.csv", table("Anna", "Ben", "Carla"));
  expect((await project.apply(chosen)).exports.map(({ added }) => added)).toEqual([1, 1, 1]);
  await expectCode(0, "state", "rm", "hasOwnProperty", "--auto-approve");
  await expectCode(0, "state", "pull", "copy");
  await rm(join(project.folder, ".rollcall"), { recursive: true });
  await expectCode(0, "state", "push", "copy");
  expect(await expectCode(0, "state", "list")).toMatch(
    /isPrototypeOf[\s\S]*valueOf|valueOf[\s\S]*isPrototypeOf/,
  );
});

it("`rollcall test` accepts such names, too", async () => {
  await write();
  await project.write(
    "odd.test.yaml",
    JSON.stringify({
      fields: keyed([["valueOf", keyed([["TOSTRING", "text"]])]]),
      sources: keyed([
        [
          "toLocaleString",
          [
            keyed([
              ["email", "a@example.com"],
              ["constructor", "A"],
              ["__proto__", "2026-01-01"],
            ]),
            { email: "b@example.com" },
          ],
        ],
      ]),
      cases: [
        {
          name: "constructor",
          expect: { segments: keyed([["then", { members: ["a@example.com", "b@example.com"] }]]) },
        },
        {
          name: "toString",
          expect: {
            exports: keyed([
              ["toString", { mapped: keyed([["a@example.com", keyed([["TOSTRING", "A"]])]]) }],
            ]),
          },
        },
      ],
    }),
  );
  expect(await expectCode(0, "test")).toContain("2 cases passed");
});

it.each(["__proto__", "__defineGetter__"])(
  "a name such as %s is refused with an explanation",
  async (name) => {
    const sections = [
      "connections",
      "exports",
      "sources",
      "segments",
      "notifiers",
      "environments",
      "policies",
    ];
    for (const section of sections) {
      const yaml = JSON.stringify({ version: 1, [section]: keyed([[name, {}]]) });
      await project.write("odd.yaml", yaml);
      const { config, diagnostics } = await loadConfig({
        cwd: project.folder,
        configPath: "odd.yaml",
        signal: new AbortController().signal,
      });
      expect(config).toBeUndefined();
      expect(JSON.stringify(diagnostics)).toMatch(/a name starts with a letter/);
    }
  },
);
