import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { formatConfig } from "../../../../src/config/write/fmt.js";
import { SECTION_ORDER } from "../../../../src/config/write/fmt-sections.js";

async function formatted(source: string): Promise<string> {
  const { text, diagnostics } = formatConfig(source);
  if (text === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return text;
}

const untidy = `# yaml-language-server: $schema=./schemas/config.schema.json
# the exports of marketing
exports:
    # every week
    weekly:
        connection: box   # the only one
        segments: [ all,  'other' ]
        list: 'all "of" them'
        match: { email: 'email' }


segments:
    all: { sql: "select * from crm where note = 'a very long condition that would be folded by a printer of YAML at eighty columns'" }
    # the rest
    other:
        sql: |
            select *
              from crm
timezone: 'UTC'
version: 1
connections:
    box: {type: file, path: lists}
# the end
`;

describe("fmt", () => {
  test("has one opinion and keeps comments", async () => {
    expect(await formatted(untidy)).toBe(`# yaml-language-server: $schema=./schemas/config.schema.json
version: 1
timezone: "UTC"

connections:
  box: {type: file, path: lists}

segments:
  all: {sql: "select * from crm where note = 'a very long condition that would be folded by a printer of YAML at eighty columns'"}
  # the rest
  other:
    sql: |
      select *
        from crm

# the exports of marketing
exports:
  # every week
  weekly:
    connection: box # the only one
    segments: [all, "other"]
    list: 'all "of" them'
    match: {email: "email"}

# the end
`);
  });

  test("leaves sections alone when their aliases need the anchors before them", async () => {
    const apart = await formatted("exports:\n  a: &x {list: 1}\nsegments:\n  b: *x\nversion: 1\n");
    expect(apart.indexOf("exports")).toBeLessThan(apart.indexOf("version"));
    expect(parse(apart)).toEqual({ exports: { a: { list: 1 } }, segments: { b: { list: 1 } }, version: 1 });
    const within = await formatted("exports:\n  a: &x {list: 1}\n  b: *x\nversion: 1\n");
    expect(within).toBe("version: 1\n\nexports:\n  a: &x {list: 1}\n  b: *x\n");
  });

  test("keeps merge keys", async () => {
    const text = "version: 1\n\nexports:\n  a: &x {list: 1}\n  b:\n    <<: *x\n    mode: upsert\n";
    expect(await formatted(text)).toBe(text);
  });

  test("moves comments at the left edge with the section below, and indented ones with the one above", async () => {
    const text = `# about the file

# b
exports:
  a: 1
  # a: 2

# a
version: 1
# the end
`;
    expect(await formatted(text)).toBe(`# about the file

# a
version: 1

# b
exports:
  a: 1
  # a: 2

# the end
`);
  });

  test("refuses what is not sound YAML, with its place", async () => {
    const { text, diagnostics } = formatConfig("version: 1\nversion: 2\n", "here.yaml");
    expect(text).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: "duplicate-key", position: { file: "here.yaml", line: 2 } }]);
    expect(diagnostics[0]?.frame).toContain("> 2 | version: 2");
  });

  test("refuses text that lost bytes when it was decoded", async () => {
    const { text, diagnostics } = formatConfig("version: 1\n# caf\uFFFD\n");
    expect(text).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: "not-utf8", position: { line: 2, column: 6 } }]);
  });

  test("leaves a file alone that the printer would change", async () => {
    const { text, diagnostics } = formatConfig("|1\n  :");
    expect(text).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: "unsafe-format" }]);
  });

  test("drops a byte-order mark and Windows line ends", async () => {
    expect(await formatted("\uFEFFversion: 1\r\n")).toBe("version: 1\n");
  });
});

const scalar = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 20 }).map((text) => text.replaceAll("\uFFFD", "")),
  fc.constantFrom("'", '"', "a: b", "#x", "- x", "yes", "1", "null", "a\nb", " lead", "trail ", "a\n\n b\n"),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const value = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie("node"), { maxLength: 3 }),
    fc.dictionary(
      fc.string({ minLength: 1, maxLength: 6 }).filter((key) => key !== "<<"),
      tie("node"),
      {
        maxKeys: 4,
        noNullPrototype: true,
      },
    ),
  ),
})).node;
const config = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...SECTION_ORDER, "extra", "other"), value), {
    minLength: 1,
    selector: ([key]) => key,
  })
  .map((pairs) => Object.fromEntries(pairs));
const style = fc.record({
  indent: fc.constantFrom(2, 3, 4),
  lineWidth: fc.constantFrom(0, 30, 80),
  singleQuote: fc.boolean(),
  defaultStringType: fc.constantFrom("PLAIN" as const, "QUOTE_SINGLE" as const, "QUOTE_DOUBLE" as const),
  collectionStyle: fc.constantFrom("any" as const, "flow" as const),
});
/** Comments and blank lines strewn between the lines of block YAML. */
const strewn = fc.array(fc.constantFrom("", "# one", "  # two", "\n# three\n"), { maxLength: 40 });

describe("fmt, for any config", () => {
  const runs = { numRuns: Number(process.env["FMT_RUNS"] ?? 120) };
  test(
    "changes no value",
    () =>
      fc.assert(
        fc.asyncProperty(config, style, async (data, how) => {
          const source = stringify(data, how);
          expect(parse(await formatted(source))).toEqual(parse(source));
        }),
        runs,
      ),
    60_000,
  );

  test(
    "changes nothing when it is run a second time",
    () =>
      fc.assert(
        fc.asyncProperty(config, style, async (data, how) => {
          const once = await formatted(stringify(data, how));
          expect(await formatted(once)).toBe(once);
        }),
        runs,
      ),
    60_000,
  );

  test(
    "keeps every comment",
    () =>
      fc.assert(
        fc.asyncProperty(config, strewn, async (data, extra) => {
          const lines = stringify(data, { blockQuote: false, lineWidth: 0 }).split("\n");
          const source = lines
            .flatMap((line, index) => [extra[index] ?? "", line].filter((text) => text !== ""))
            .join("\n");
          const { text } = formatConfig(source);
          fc.pre(text !== undefined);
          const comments = (yaml: string): string[] =>
            (yaml.match(/# (one|two|three)$/gm) ?? []).map((line) => line.trim()).sort();
          expect(comments(text ?? "")).toEqual(comments(source));
          expect(parse(text ?? "")).toEqual(parse(source));
          expect(await formatted(text ?? "")).toBe(text);
        }),
        runs,
      ),
    60_000,
  );
});
