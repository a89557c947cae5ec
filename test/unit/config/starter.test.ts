import { expect, test } from "vitest";
import { formatConfig } from "../../../src/config/fmt.js";
import { starterConfig } from "../../../src/config/starter.js";
import { loadText, rendered } from "./support.js";

test.each(["brevo", "sendgrid", "file"] as const)(
  "the starter for %s is valid and formatted",
  async (type) => {
    const text = starterConfig(type);
    const { config, diagnostics } = await loadText(text);
    expect(rendered(diagnostics.filter(({ code }) => code !== "no-data-privacy"))).toBe("");
    expect([...(config?.connections.values() ?? [])]).toMatchObject([{ type }]);
    expect(formatConfig(text).text).toBe(text);
    // What is commented out is right as well.
    const agreed = await loadText(text.replace("# dataPrivacy", "dataPrivacy"));
    expect(rendered(agreed.diagnostics)).toBe("");
  },
);
