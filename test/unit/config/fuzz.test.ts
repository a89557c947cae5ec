import fc from "fast-check";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { formatConfig } from "../../../src/config/write/fmt.js";
import { parseConfigText } from "../../../src/config/yaml/parse.js";
import { folderOf, MINIMAL, signal } from "./support.js";
import { loadConfig } from "../../../src/config/load.js";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

const SECTIONS = [
  "version",
  "include",
  "timezone",
  "state",
  "connections",
  "sources",
  "segments",
  "suppressions",
  "exports",
];
const word = fc.constantFrom(
  ...SECTIONS,
  "type",
  "brevo",
  "files",
  "apiKey",
  "env",
  "a",
  "<<",
  "__proto__",
  "constructor",
  "",
  "1",
);
const tree = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    word,
    fc.constantFrom<unknown>(null, 1, -0.5, true, 1e30),
    fc.array(tie("node"), { maxLength: 3 }),
    fc
      .uniqueArray(fc.tuple(word, tie("node")), { maxLength: 5, selector: ([key]) => key })
      .map((pairs) => new Map(pairs)),
  ),
})).node;
const soup = fc
  .array(
    fc.constantFrom(
      ...":-[]{}&*!|>'\"#%@`?,\n\t ab1<~".split(""),
      "\n  ",
      "\n- ",
      ": ",
      "&a ",
      "*a",
      "<<: ",
      "---\n",
      "\u0000",
      "\uFEFF",
    ),
    {
      maxLength: 60,
    },
  )
  .map((parts) => parts.join(""));

async function neverThrows(bytes: fc.Arbitrary<Uint8Array | string>, numRuns: number): Promise<void> {
  const cwd = await folderOf({});
  await fc.assert(
    fc.asyncProperty(bytes, async (content) => {
      await writeFile(join(cwd, "c.yaml"), content);
      const { config, diagnostics } = await loadConfig({ cwd, configPath: "c.yaml", signal });
      const failed = diagnostics.some(({ severity }) => severity === "error");
      expect(config === undefined).toBe(failed);
      for (const { message, position } of diagnostics) {
        expect(message).toMatch(/[.…!?`]$/);
        expect(message).not.toContain("undefined");
        expect(position?.line).toBeGreaterThanOrEqual(1);
      }
    }),
    { numRuns },
  );
}

test("random bytes give diagnostics", () => neverThrows(fc.uint8Array({ maxLength: 200 }), 200), 60_000);
test("random YAML gives diagnostics", () => neverThrows(soup, 250), 60_000);
test(
  "well-formed nonsense gives diagnostics",
  () =>
    neverThrows(
      tree.map((node) => stringify(node)),
      250,
    ),
  60_000,
);
test(
  "nonsense inside a config gives diagnostics",
  () =>
    neverThrows(
      fc
        .record({ section: fc.constantFrom(...SECTIONS), name: word, node: tree })
        .map(({ section, name, node }) =>
          stringify(
            new Map<string, unknown>([
              ["version", 1],
              [section, new Map([[name, node]])],
            ]),
          ),
        ),
      250,
    ),
  60_000,
);
test(
  "a config with bytes flipped gives diagnostics",
  () =>
    neverThrows(
      fc
        .tuple(fc.nat(MINIMAL.length - 1), fc.string({ maxLength: 3 }))
        .map(([at, text]) => MINIMAL.slice(0, at) + text + MINIMAL.slice(at + 1)),
      300,
    ),
  60_000,
);

test("deep nesting gives a diagnostic", () => {
  for (const text of ["[".repeat(20_000), "{a: ".repeat(20_000), "- ".repeat(20_000)])
    expect(parseConfigText("x", "x", text).faults.length).toBeGreaterThan(0);
}, 60_000);

test("fmt never throws and changes no value", async () => {
  await fc.assert(
    fc.asyncProperty(soup, async (text) => {
      const { text: formatted, diagnostics } = formatConfig(text);
      expect(formatted === undefined).toBe(diagnostics.length > 0);
      if (formatted === undefined) return;
      const source = text.replace(/^\uFEFF/, "");
      expect(parse(formatted, { merge: true })).toEqual(parse(source, { merge: true }));
      expect(formatConfig(formatted).text).toBe(formatted);
    }),
    { numRuns: 250 },
  );
}, 60_000);
