import { readFileSync } from "node:fs";

/** The version in this package's package.json. */
export function version(): string {
  const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return manifest.version;
}

/** How plans, events and requests name us. */
export function tool(): string {
  return `rollcall ${version()}`;
}
