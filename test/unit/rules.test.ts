import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const cruiser = `${root}node_modules/dependency-cruiser/bin/dependency-cruise.mjs`;

interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { name: string };
    }[];
  };
}

function cruise(folder: string): Cruise {
  const child = spawnSync(
    process.execPath,
    [cruiser, "--config", `${root}.dependency-cruiser.mjs`, "--output-type", "json", "src"],
    { cwd: folder, encoding: "utf8", maxBuffer: 64 * 2 ** 20 },
  );
  return JSON.parse(child.stdout) as Cruise;
}

test("the code keeps to the layering", () => {
  const { modules, summary } = cruise(root);
  const files = readdirSync(`${root}src`, { recursive: true, encoding: "utf8" }).filter((f) =>
    f.endsWith(".ts"),
  );
  expect(modules.filter((m) => m.source.startsWith("src/")).length).toBeGreaterThanOrEqual(files.length);
  expect(summary.violations.map((v) => `${v.rule.name}: ${v.from} → ${v.to}`)).toEqual([]);
});

test("the rules report each forbidden import of the fixture, types included", () => {
  const found = cruise(fileURLToPath(new URL("../fixtures/rules/", import.meta.url))).summary.violations;
  const names = new Set(found.map((v) => `${v.rule.name} ${v.from}`));
  for (const expected of [
    "nothing-imports-cli src/model/noun.ts",
    "model-imports-nothing src/model/noun.ts",
    "pure-rooms-do-no-io src/plan/reads.ts",
    "plugins-never-import-each-other src/destinations/brevo/plugin.ts",
    "nothing-below-imports-usecases src/sandbox/serve.ts",
    "sandbox-imports-only src/sandbox/serve.ts",
    "no-cycles src/report/again.ts",
  ]) {
    expect(names, expected).toContain(expected);
  }
});
