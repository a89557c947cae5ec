import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { loadConfig } from "../../../src/config/load.js";
import { rendered, signal } from "./support.js";

const folder = fileURLToPath(new URL("../../golden/config/", import.meta.url));

describe("the diagnostics of a config", () => {
  const cases = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  test.each(cases)("%s", async (name) => {
    const { config, diagnostics } = await loadConfig({ cwd: folder, configPath: name, signal });
    expect(config === undefined).toBe(diagnostics.some(({ severity }) => severity === "error"));
    await expect(`${rendered(diagnostics)}\n`).toMatchFileSnapshot(
      `${folder}${name.replace(/yaml$/, "txt")}`,
    );
  });
});
