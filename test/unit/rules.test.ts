import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const { ROOMS } = (await import(`${root}.dependency-cruiser.mjs`)) as {
  ROOMS: Readonly<Record<string, readonly string[]>>;
};
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
    "model-imports-only src/model/noun.ts",
    "pure-rooms-do-no-io src/plan/reads.ts",
    "manifests-are-pure src/destinations/brevo/manifest.ts",
    "plugins-never-import-each-other src/destinations/brevo/plugin.ts",
    "plugins-are-asked-of-the-registry src/usecases/test.ts",
    "sandbox-imports-only src/sandbox/serve.ts",
    "each-room-has-its-rule src/utilities/helper.ts",
    "no-cycles src/report/again.ts",
  ]) {
    expect(names, expected).toContain(expected);
  }
});

test("each room may import the rooms that are listed for it, and no others", async () => {
  const house = await mkdtemp(join(tmpdir(), "rollcall-rules-"));
  onTestFinished(() => rm(house, { recursive: true }));
  const rooms = [...Object.keys(ROOMS), "usecases", "cli"];
  for (const room of rooms) {
    await mkdir(join(house, "src", room), { recursive: true });
    await writeFile(
      join(house, "src", room, "noun.ts"),
      "export interface Noun {\n  readonly name: string;\n}\n",
    );
    for (const other of rooms.filter((name) => name !== room))
      await writeFile(
        join(house, "src", room, `from-${other}.ts`),
        `import type { Noun } from "../${other}/noun.js";\nexport type Taken = Noun;\n`,
      );
  }
  const refused = cruise(house)
    .summary.violations.filter(({ rule }) => rule.name.endsWith("-imports-only"))
    .map(({ from, to }) => `${from.split("/")[1]} → ${to.split("/")[1]}`);
  const forbidden = Object.entries(ROOMS).flatMap(([room, allowed]) =>
    rooms.filter((other) => other !== room && !allowed.includes(other)).map((other) => `${room} → ${other}`),
  );
  expect(refused.sort()).toEqual(forbidden.sort());
});
