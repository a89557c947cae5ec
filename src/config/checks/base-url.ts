import type { Config } from "../../model/config/config.js";
import type { Problem } from "../diagnostics/problem.js";

/** Addresses of vendors' APIs: absolute, HTTP, and without a password in them. */
export function checkBaseUrls(config: Config): Problem[] {
  return [...config.connections.values()].flatMap(({ name, type, baseUrl }): Problem[] => {
    const fault = baseUrl === undefined ? undefined : urlFault(baseUrl, type);
    if (fault === undefined) return [];
    return [{ severity: "error", code: "wrong-url", ...fault, at: ["connections", name, "baseUrl"] }];
  });
}

function urlFault(text: string, type: string): { message: string; hint: string } | undefined {
  const example = `Such as https://proxy.example.com/${type}/v3.`;
  if (!URL.canParse(text)) return { message: "`baseUrl` is not an address.", hint: example };
  const { protocol, username, password, search, hash } = new URL(text);
  if (protocol !== "http:" && protocol !== "https:")
    return { message: "`baseUrl` has to start with https:// or http://.", hint: example };
  if (username !== "" || password !== "")
    return {
      message: "`baseUrl` holds a name or password.",
      hint: "Secrets never are in the config; use `apiKey`.",
    };
  if (search !== "" || hash !== "") return { message: "`baseUrl` holds a query or fragment.", hint: example };
  return undefined;
}
