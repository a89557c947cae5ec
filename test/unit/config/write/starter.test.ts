import { expect, test } from "vitest";
import { formatConfig } from "../../../../src/config/write/fmt.js";
import { starterConfig } from "../../../../src/config/write/starter.js";
import { destinations } from "../../../../src/registry/destinations.js";
import { loadText, rendered } from "../support.js";

test.each(destinations)("the starter for $type is valid and formatted", async (manifest) => {
  const { type } = manifest;
  const text = starterConfig(manifest);
  const { config, diagnostics } = await loadText(text);
  expect(rendered(diagnostics.filter(({ code }) => code !== "no-data-privacy"))).toBe("");
  expect([...(config?.connections.values() ?? [])]).toMatchObject([{ type }]);
  expect(formatConfig(text).text).toBe(text);
  // What is commented out is right as well.
  const agreed = await loadText(text.replace("# dataPrivacy", "dataPrivacy"));
  expect(rendered(agreed.diagnostics)).toBe("");
});
